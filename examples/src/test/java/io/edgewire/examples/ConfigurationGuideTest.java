package io.edgewire.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConfigurationGuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "guide", "configuration.md");
    /** A row of a table: the key, and its default as it would stand in a file. */
    private static final Pattern ROW = Pattern.compile("\\| `(edgewire\\.[a-z0-9.-]+)` \\| `([^`]*)` \\|.*");

    @Test
    void theGuideHasEverySettingWithItsDefault() throws IOException {
        assertThat(inTheGuide()).isNotEmpty().containsExactlyEntriesOf(inTheModules());
    }

    private static Map<String, String> inTheGuide() throws IOException {
        Map<String, String> defaults = new TreeMap<>();
        for (String line : Files.readAllLines(GUIDE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                Config value = ConfigFactory.parseString("it = " + row.group(2));
                defaults.put(row.group(1), render(value.getValue("it")));
            }
        }
        return defaults;
    }

    private static Map<String, String> inTheModules() {
        Map<String, String> defaults = new TreeMap<>();
        for (Map.Entry<String, ConfigValue> setting :
                ConfigFactory.defaultReferenceUnresolved().getConfig("edgewire").entrySet()) {
            if (!setting.getKey().endsWith("-example")) {
                defaults.put("edgewire." + setting.getKey(), render(setting.getValue()));
            }
        }
        return defaults;
    }

    private static String render(ConfigValue value) {
        return value.render(ConfigRenderOptions.concise());
    }
}
