package io.edgewire.wiring;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Collects what the configuration is made of. Later files win over earlier ones, single values over all files, and
 * all of them over the defaults.
 *
 * <p><b>Threads.</b> One.
 *
 * <p><b>Failure.</b> {@link ConfigurationException} that names file and line, or the option.
 */
public final class ConfigLoader {
    private static final String SET = "--set";

    private final ClassLoader loader;
    private final List<Single> singles = new ArrayList<>();
    private Config files = ConfigFactory.empty();
    private Config overrides = ConfigFactory.empty();

    private record Single(String key, String origin) {}

    ConfigLoader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        loader = context != null ? context : Objects.requireNonNull(ConfigLoader.class.getClassLoader());
    }

    /** Adds a file, in HOCON, JSON or properties; it must be there. */
    public ConfigLoader file(Path file) {
        return config(ConfigFiles.parse(file));
    }

    /** Adds what was loaded by other means. */
    public ConfigLoader config(Config config) {
        files = config.withFallback(files);
        return this;
    }

    /**
     * Adds an assignment as {@code --set} takes it. What follows the first {@code =} is a plain text, converted by the
     * key's type, and may be empty; only one that begins with a bracket, a brace or a double quote is HOCON.
     *
     * @throws ConfigurationException if there is no {@code =}, or the key holds a secret: an argument list is seen by
     *     every user of the machine
     */
    public ConfigLoader set(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals <= 0) {
            throw new ConfigurationException(SET + " " + assignment
                    + " has no key and value: write key=value, for example " + SET + " edgewire.server.port=0");
        }
        String key = assignment.substring(0, equals).strip();
        ConfigValue value = Overrides.parse(key, assignment.substring(equals + 1), SET);
        Overrides.refuseSecret(key, value, SET);
        return override(key, value, SET);
    }

    /**
     * Sets a key to a plain text, whatever it looks like.
     *
     * @param origin how it came: {@code --port}, or {@code environment variable EDGEWIRE_PORT}
     */
    public ConfigLoader put(String key, String text, String origin) {
        return override(key, Overrides.plain(text, origin), origin);
    }

    /** Puts everything together, resolves substitutions (also from the environment) and checks the whole tree. */
    public EdgewireConfig load() {
        try {
            Config reference = ConfigFactory.parseResources(
                    loader, Origins.REFERENCE, ConfigParseOptions.defaults().setAllowMissing(true));
            ConfigObject known = reference.resolve().root();
            ConfigObject values = overrides
                    .withFallback(files)
                    .withFallback(reference)
                    .resolve()
                    .root();
            check(values, known);
            return new EdgewireConfig(withoutExamples(values), known);
        } catch (ConfigException e) {
            throw ConfigFiles.fault(e);
        }
    }

    private void check(ConfigObject values, ConfigObject known) {
        ConfigValue ours = values.get(EdgewireConfig.ROOT);
        if (known.get(EdgewireConfig.ROOT) instanceof ConfigObject reference && ours != null) {
            if (!(ours instanceof ConfigObject section)) {
                throw SettingFault.of(EdgewireConfig.ROOT, EdgewireConfig.ROOT, ours, "a section in { }", null);
            }
            new TreeCheck(EdgewireConfig.ROOT, reference).check(EdgewireConfig.ROOT, section, reference);
        }
        for (Single single : singles) {
            Overrides.refuseUnknown(single.key, single.origin, known);
        }
    }

    private ConfigLoader override(String key, ConfigValue value, String origin) {
        overrides = Overrides.at(key, value, origin).withFallback(overrides);
        singles.add(new Single(key, origin));
        return this;
    }

    /** Examples are for people and for the check of lists; they are no settings. */
    private static ConfigObject withoutExamples(ConfigObject section) {
        ConfigObject kept = section;
        for (Map.Entry<String, ConfigValue> entry : section.entrySet()) {
            if (entry.getKey().endsWith(TreeCheck.EXAMPLE)) {
                kept = kept.withoutKey(entry.getKey());
            } else if (entry.getValue() instanceof ConfigObject below) {
                kept = kept.withValue(entry.getKey(), withoutExamples(below));
            }
        }
        return kept;
    }
}
