package io.edgewire.wiring;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration, loaded and checked: the defaults of every {@code reference.conf} on the class path, files
 * above them, single values above those. An instance cannot hold a key under {@code edgewire} that no module knows.
 *
 * <p><b>Threads.</b> Any: immutable.
 *
 * <p><b>Failure.</b> {@link ConfigurationException} from everything that loads or reads.
 */
public final class EdgewireConfig {
    /** The path that is ours; keys elsewhere belong to others and are left alone. */
    static final String ROOT = "edgewire";

    private final ConfigObject values;
    private final ConfigObject reference;

    EdgewireConfig(ConfigObject values, ConfigObject reference) {
        this.values = values;
        this.reference = reference;
    }

    /** The defaults alone. */
    public static EdgewireConfig load() {
        return loader().load();
    }

    /** The defaults and a file above them. */
    public static EdgewireConfig load(Path file) {
        return loader().file(file).load();
    }

    /**
     * The defaults and what the program that embeds Edgewire has loaded by its own means above them, such as
     * {@code ConfigFactory.load()}, which also knows system properties.
     */
    public static EdgewireConfig of(Config config) {
        return loader().config(config).load();
    }

    /** Loads from several places. */
    public static ConfigLoader loader() {
        return new ConfigLoader();
    }

    /**
     * A section to read from, with its full path: {@code edgewire.server}. Paths outside {@code edgewire} are for
     * modules that brought keys of their own.
     */
    public Settings settings(String path) {
        ConfigObject section = values;
        @Nullable ConfigObject defaults = reference;
        for (String name : ConfigUtil.splitPath(path)) {
            if (!(section.get(name) instanceof ConfigObject below)) {
                throw SettingFault.missing(path, "a section");
            }
            section = below;
            defaults = defaults != null && defaults.get(name) instanceof ConfigObject known ? known : null;
        }
        return new Settings(path, section, defaults);
    }

    /** What is in force, one key each in the order of their names; secrets are masked. */
    public List<EffectiveSetting> effective() {
        List<EffectiveSetting> settings = new ArrayList<>();
        for (Map.Entry<String, ConfigValue> root : new TreeMap<>(values).entrySet()) {
            // What only a file has outside our own path is somebody else's, and may hold secrets that we do not know.
            if (reference.containsKey(root.getKey())) {
                collect(ConfigUtil.joinPath(root.getKey()), root.getKey(), root.getValue(), settings);
            }
        }
        return List.copyOf(settings);
    }

    private static void collect(String path, String name, ConfigValue value, List<EffectiveSetting> into) {
        if (value instanceof ConfigObject section) {
            for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(section).entrySet()) {
                collect(path + "." + ConfigUtil.joinPath(entry.getKey()), entry.getKey(), entry.getValue(), into);
            }
        } else {
            String shown = Secrets.masked(name, value).render(ConfigRenderOptions.concise());
            into.add(new EffectiveSetting(path, shown, Origins.describe(value.origin())));
        }
    }

    /** The number of keys only: values may be secret. */
    @Override
    public String toString() {
        return "EdgewireConfig[" + effective().size() + " keys]";
    }
}
