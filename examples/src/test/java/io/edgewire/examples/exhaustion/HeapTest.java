package io.edgewire.examples.exhaustion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgewire.examples.ChildProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("heavy")
@Timeout(300)
class HeapTest {
    private static final int PEERS = 2000;

    /** The stacks of virtual threads are on the heap. */
    @ParameterizedTest
    @CsvSource({"nio, auto, 32m", "bio, platform, 32m", "bio, virtual, 64m"})
    void twoThousandPeersThatSendAndNeverReadFitIntoASmallHeapAndCostOthersNothing(
            String transport, String threads, String heap) throws Exception {
        assumeTrue(!threads.equals("virtual") || Runtime.version().feature() >= 21, "Java 21 has virtual threads");
        try (LimitedServer server = LimitedServer.withHeap(
                        heap,
                        "--transport",
                        transport,
                        "--set",
                        "edgewire.transport.bio.threads=" + threads,
                        "--set",
                        "edgewire.connection.write-timeout=10m"); // a busy machine may take longer than the usual one
                ChildProcess peers = Crowd.of(PEERS, "never_read.py", server.port())) {
            Crowd.await(peers, "stuck " + PEERS);

            server.assertRestsDuring(() -> Crowd.await(peers, "still stuck " + PEERS));
            for (int i = 0; i < 20; i++) {
                server.serveOne();
            }

            peers.input().close();
            assertThat(peers.awaitExit()).as("%s", peers).isZero();
            assertThat(peers.out()).endsWith("cut off 0");
            server.serveOne();
            server.awaitHeapBelow(16);
            server.drain();
        }
    }
}
