package io.edgewire.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The example that the guide begins with is the program that stands here, and does what the guide says. */
class ClientGuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "guide", "client.md");
    private static final Path SOURCE = Path.of("src/main/java/io/edgewire/examples/ReadingsClient.java");

    @Test
    void theFirstExampleIsTheProgramThatRuns() throws Exception {
        String source = Files.readString(SOURCE);

        assertThat(Files.readString(GUIDE))
                .contains("```java\n" + source.substring(source.indexOf("import")) + "```\n");
    }

    @Test
    void itsOutputIsWhatTheGuideShows() throws Exception {
        try (ChildProcess server = ChildProcess.java(TutorialServerWithNew.class, Map.of(), "0");
                ChildProcess client = ChildProcess.java(
                        ReadingsClient.class, Map.of(), "localhost", Integer.toString(server.port()))) {
            client.input().write("21.5\n".getBytes(StandardCharsets.UTF_8));
            client.input().flush();
            client.awaitOut("Connecting[");
            client.awaitOut("Connected[");
            client.awaitOut("recv: 21.5");
            client.input().close();
            client.awaitOut("21.5: UNKNOWN");
            client.awaitOut("Closed[");
            assertThat(client.awaitExit()).as("%s", client).isZero();
        }
    }
}
