package io.edgewire.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.Clock;
import io.edgewire.api.CloseReason;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.api.event.EdgeEvent;
import io.edgewire.api.event.ServerEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Through the real tinylog, which {@code tinylog.properties} of the tests lets write to a file. */
class TinylogEventsTest {
    private static final Path LOG = Path.of("target", "tinylog.log");
    private static final InetSocketAddress HERE = new InetSocketAddress(ScriptedStation.address("10.0.0.1"), 8080);
    private static final InetSocketAddress PEER = new InetSocketAddress(ScriptedStation.address("10.0.0.9"), 5000);
    private static final IOException CAUSE = new IOException("broken {} 坏了");

    @Test
    void anEventIsWrittenAtTheLevelAndInTheWordsOfItsText() throws IOException {
        assertWritten("DEBUG", new ConnectionEvent.Opened(7, HERE, PEER));
        assertWritten("INFO", new ServerEvent.Listening("s", HERE));
        assertWritten(
                "WARN",
                new ConnectionEvent.Closed(7, PEER, CloseReason.SHUTDOWN, "{}", 3, 9, 5, Duration.ofMillis(1500)));
        assertWritten("ERROR", new ConnectionEvent.HandlerFailed(7, PEER, CAUSE));
    }

    @Test
    void anErrorHasItsStackTrace() throws IOException {
        assertThat(written(new ConnectionEvent.HandlerFailed(7, PEER, CAUSE)))
                .anyMatch(line -> line.contains(getClass().getName()));
    }

    private static void assertWritten(String level, EdgeEvent event) throws IOException {
        assertThat(written(event).get(0))
                .startsWith(level + "|" + EventText.line(event).text());
    }

    private static List<String> written(EdgeEvent event) throws IOException {
        long before = Files.exists(LOG) ? lines().size() : 0;
        new TinylogEvents(Clock.SYSTEM).accept(event);
        return lines().stream().skip(before).toList();
    }

    private static List<String> lines() throws IOException {
        return Files.readAllLines(LOG);
    }
}
