package io.edgewire.wiring;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** Single values that are set from outside of files. */
final class Overrides {
    private Overrides() {}

    /** The value of a text: HOCON where it begins like a list, a section or a quoted text, plain otherwise. */
    static ConfigValue parse(String key, String text, String origin) {
        if (text.isEmpty() || "[{\"".indexOf(text.charAt(0)) < 0) {
            return plain(text, origin);
        }
        try {
            ConfigObject parsed = ConfigFactory.parseString(
                            "value = " + text, ConfigParseOptions.defaults().setOriginDescription(origin))
                    .root();
            return Objects.requireNonNull(parsed.get("value"), key);
        } catch (ConfigException e) {
            throw new ConfigurationException(
                    origin + " " + key + "=… begins with " + text.charAt(0) + " and so must be HOCON, but is not: close"
                            + " what is opened, or do not begin with " + text.charAt(0),
                    e);
        }
    }

    static ConfigValue plain(String text, String origin) {
        return ConfigValueFactory.fromAnyRef(text, origin);
    }

    /** A configuration that has one value. */
    static Config at(String key, ConfigValue value, String origin) {
        List<String> names = names(key, origin);
        int last = names.size() - 1;
        Config config = value.atKey(names.get(last));
        for (int i = last - 1; i >= 0; i--) {
            config = config.atKey(names.get(i));
        }
        return config;
    }

    static void refuseSecret(String key, ConfigValue value, String origin) {
        List<String> names = names(key, origin);
        Secrets.within(names.get(names.size() - 1), value).ifPresent(secret -> {
            throw new ConfigurationException(key + " may not be given by " + origin + ", because " + secret
                    + " is secret and every user of this machine sees the argument list: use a file that only you can"
                    + " read, or an environment variable");
        });
    }

    /**
     * A single value was typed by somebody for us: unlike in a file, which may serve others too, a key that nobody
     * knows is a fault everywhere.
     */
    static void refuseUnknown(String key, String origin, ConfigObject known) {
        ConfigObject section = known;
        for (String name : names(key, origin)) {
            ConfigValue found = section.get(name);
            if (found == null) {
                throw new ConfigurationException(
                        "unknown key " + key + " (" + origin + "): " + hint(key, name, section, known));
            }
            if (!(found instanceof ConfigObject below)) {
                return;
            }
            section = below;
        }
    }

    private static String hint(String key, String name, ConfigObject section, ConfigObject known) {
        if (known.get(EdgewireConfig.ROOT) instanceof ConfigObject ours
                && ours.toConfig().hasPathOrNull(key)) {
            return "did you mean " + EdgewireConfig.ROOT + "." + key + "?";
        }
        return Suggestion.nearest(name, section.keySet())
                .map(near -> "did you mean " + near + " for " + name + "?")
                .orElseGet(() -> "known here: " + String.join(", ", new TreeSet<>(section.keySet())));
    }

    private static List<String> names(String key, String origin) {
        try {
            return ConfigUtil.splitPath(key);
        } catch (ConfigException e) {
            throw new ConfigurationException(
                    origin + ": " + key
                            + " is no key: write names with dots between them, such as edgewire.server.port",
                    e);
        }
    }
}
