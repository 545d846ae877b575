package io.edgewire.wiring;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares what was configured with what the reference.conf files know. An unknown key is a fault, for it would be
 * ignored in silence otherwise; so is a value where a section belongs, and the other way round.
 *
 * <p>The keys of sections that stand in a list are those of the list's default elements and of a list beside it whose
 * name ends in {@value #EXAMPLE}, which is there for people and for this check and is no setting. Where there is
 * neither, who reads the list checks by {@link Settings#done}.
 */
final class TreeCheck {
    static final String EXAMPLE = "-example";

    private final List<String> known = new ArrayList<>();

    TreeCheck(String path, ConfigObject reference) {
        collect(path, reference);
    }

    void check(String path, ConfigObject values, ConfigObject reference) {
        for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(values).entrySet()) {
            String key = entry.getKey();
            ConfigValue value = entry.getValue();
            ConfigValue expected = reference.get(key);
            if (expected != null && key.endsWith(EXAMPLE) && value.equals(expected)) {
                // From the program's own loading, which takes the reference.conf files as they are.
                continue;
            }
            if (expected == null || key.endsWith(EXAMPLE)) {
                throw unknown(path, key, value, reference.keySet(), known);
            }
            checkKind(path + "." + key, key, value, expected);
            if (value instanceof ConfigObject section && expected instanceof ConfigObject defaults) {
                check(path + "." + key, section, defaults);
            }
            if (value instanceof ConfigList list && expected instanceof ConfigList defaults) {
                checkElements(path + "." + key, list, schema(key, defaults, reference));
            }
        }
    }

    private static void checkKind(String path, String key, ConfigValue value, ConfigValue expected) {
        boolean section = expected.valueType() == ConfigValueType.OBJECT;
        if (section != (value.valueType() == ConfigValueType.OBJECT) && expected.valueType() != ConfigValueType.NULL) {
            throw SettingFault.of(path, key, value, section ? "a section in { }" : "a value, not a section", expected);
        }
    }

    private void checkElements(String path, ConfigList list, @Nullable ConfigObject schema) {
        for (int i = 0; i < list.size() && schema != null; i++) {
            if (list.get(i) instanceof ConfigObject element) {
                check(path + "[" + i + "]", element, schema);
            }
        }
    }

    private static @Nullable ConfigObject schema(String key, ConfigList defaults, ConfigObject reference) {
        List<ConfigValue> examples = new ArrayList<>(defaults);
        if (reference.get(key + EXAMPLE) instanceof ConfigList list) {
            examples.addAll(list);
        }
        ConfigObject schema = null;
        for (ConfigValue example : examples) {
            if (example instanceof ConfigObject object) {
                schema = schema == null ? object : schema.withFallback(object);
            }
        }
        return schema;
    }

    private void collect(String path, ConfigObject section) {
        for (Map.Entry<String, ConfigValue> entry : section.entrySet()) {
            String full = path + "." + entry.getKey();
            known.add(full);
            if (entry.getValue() instanceof ConfigObject below) {
                collect(full, below);
            }
        }
    }

    /** Words the fault: full path, origin, and what may have been meant. */
    static ConfigurationException unknown(
            String path, String key, ConfigValue value, Set<String> siblings, Collection<String> everywhere) {
        String hint = Suggestion.nearest(key, siblings)
                .map(near -> "did you mean " + path + "." + near + "?")
                .orElseGet(() -> elsewhere(key, siblings, everywhere));
        return new ConfigurationException(
                "unknown key " + path + "." + key + " (" + Origins.describe(value.origin()) + "): " + hint);
    }

    /** A key that is right, but stands in the wrong section. */
    private static String elsewhere(String key, Set<String> siblings, Collection<String> everywhere) {
        for (String path : everywhere) {
            if (path.endsWith("." + key)) {
                return "did you mean " + path + "?";
            }
        }
        return "known here: " + String.join(", ", new TreeSet<>(siblings));
    }
}
