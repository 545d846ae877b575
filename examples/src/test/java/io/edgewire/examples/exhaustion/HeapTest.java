package io.edgewire.examples.exhaustion;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.examples.ChildProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("heavy")
@Timeout(240)
class HeapTest {
    private static final int PEERS = 2000;

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void twoThousandPeersThatSendAndNeverReadFitIntoASmallHeapAndCostOthersNothing(String transport) throws Exception {
        try (LimitedServer server = LimitedServer.withHeap("32m", "--transport", transport);
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
            assertThat(server.heapAfterCollection()).isLessThan(20);
            server.drain();
        }
    }
}
