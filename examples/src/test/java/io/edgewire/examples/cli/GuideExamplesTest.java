package io.edgewire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide shows can be pasted. */
class GuideExamplesTest {
    private static final Path GUIDE = Path.of("..", "docs", "guide", "configuration.md");
    private static final Pattern FILE = Pattern.compile("```hocon\n(.*?)```", Pattern.DOTALL);
    private static final Pattern OVERRIDE = Pattern.compile("--set (?:'([^']*)'|(edgewire\\.[^ `\n]+))");

    @TempDir
    private Path folder;

    @Test
    void eachFileOfTheGuideIsAccepted() throws IOException {
        List<String> files = FILE.matcher(Files.readString(GUIDE))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(files).hasSizeGreaterThanOrEqualTo(3);
        for (String text : files) {
            isAccepted(
                    "--config",
                    Files.writeString(folder.resolve("my.conf"), text).toString());
        }
    }

    @Test
    void eachOverrideOfTheGuideIsAccepted() throws IOException {
        List<String> overrides = OVERRIDE.matcher(Files.readString(GUIDE))
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .toList();
        assertThat(overrides).hasSizeGreaterThanOrEqualTo(2);
        for (String override : overrides) {
            isAccepted("--set", override);
        }
    }

    private static void isAccepted(String option, String value) {
        StringWriter err = new StringWriter();
        String[] args = {"config", option, value};
        assertThat(EdgewireMain.run(args, new PrintWriter(new StringWriter()), new PrintWriter(err)))
                .as("%s", err)
                .isZero();
    }
}
