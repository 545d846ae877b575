package io.edgewire.examples.exhaustion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgewire.examples.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("heavy")
@Timeout(300)
class HeartbeatsTest {
    private static final int CLIENTS = 10_000;
    private static final int DESCRIPTORS = 12_000;

    @Test
    void tenThousandIdleClientsWithHeartbeatsFitIntoASmallHeap() throws Exception {
        assumeTrue(descriptors() >= DESCRIPTORS, "needs " + DESCRIPTORS + " descriptors: see ulimit -Hn");
        try (LimitedServer server = LimitedServer.start(
                        "ulimit -n " + DESCRIPTORS + "; exec \"$0\" \"$@\"",
                        ClassPath.OWN,
                        "64m",
                        "--transport",
                        "nio",
                        "--protocol",
                        "heartbeat",
                        "--set",
                        "edgewire.protocol.heartbeat.interval=10s");
                ChildProcess clients = Crowd.of(CLIENTS, "heartbeats.py", server.port())) {
            Crowd.await(clients, "answered 2");

            server.serveOne();
            server.awaitHeapBelow(40);
            assertThat(clients.isAlive()).as("%s", clients).isTrue();
        }
    }

    /** The most that a process here may ask for. */
    private static long descriptors() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
            if (line.startsWith("Max open files")) {
                String hard = line.split("\\s+")[4];
                return hard.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(hard);
            }
        }
        return 0;
    }
}
