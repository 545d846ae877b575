package io.edgewire.server.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** That what the guide shows is what runs here. */
class ServerSimulationGuideTest {
    @Test
    void theExampleOfAWholeServerIsTheTestThatRuns() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.isDirectory(here.resolve("docs")) ? here : here.getParent();
        String folder = "server/src/test/java/io/edgewire/server/guide/";
        String source = Files.readString(root.resolve(folder + "UpperServerSimulationTest.java"));

        String guide = Files.readString(root.resolve("docs/guide/simulation.md"));

        assertThat(guide).contains("```java\n" + source.substring(source.indexOf("import")) + "```\n");
    }
}
