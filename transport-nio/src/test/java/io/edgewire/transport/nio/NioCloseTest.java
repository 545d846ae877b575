package io.edgewire.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.Clock;
import io.edgewire.api.ListenOptions;
import io.edgewire.api.Listener;
import io.edgewire.api.event.EventSink;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bound of a close is one for all that is blocked, not one for each. */
class NioCloseTest {
    private static final int BLOCKED = 4;
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final ListenOptions ANY_PORT =
            ListenOptions.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    private final CountDownLatch blocked = new CountDownLatch(BLOCKED);
    private final CountDownLatch release = new CountDownLatch(1);
    private final NioTransport transport = new NioTransport(
            NioOptions.DEFAULTS.withLoops(BLOCKED).withShutdownLimit(LIMIT), Thread::new, Clock.SYSTEM, EventSink.NONE);

    @Test
    @Timeout(60)
    void handlersThatBlockOnFourListenersAreWaitedForOnce() throws Exception {
        List<Socket> peers = new ArrayList<>();
        try {
            for (int i = 0; i < BLOCKED; i++) {
                Listener listener = transport.listen(ANY_PORT, () -> (connection, in) -> block());
                Socket peer = new Socket(
                        listener.address().getAddress(), listener.address().getPort());
                peers.add(peer);
                peer.getOutputStream().write('x');
            }
            blocked.await();
            long start = System.nanoTime();
            transport.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT.multipliedBy(BLOCKED));
        } finally {
            release.countDown();
            for (Socket peer : peers) {
                peer.close();
            }
        }
    }

    private void block() {
        blocked.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
