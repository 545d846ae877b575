package io.edgewire.transport.nio;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewire.api.Clock;
import io.edgewire.api.ListenOptions;
import io.edgewire.api.Listener;
import io.edgewire.api.TransportException;
import io.edgewire.api.event.EventSink;
import io.edgewire.testkit.Await;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A system that has no threads to give just now. */
class NioStartTest {
    private static final ListenOptions ANY_PORT =
            ListenOptions.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    private final List<Thread> made = new CopyOnWriteArrayList<>();
    private boolean noMoreThreads;

    @Test
    void aThreadThatCannotBeMadeLeavesTheTransportUsable() throws Exception {
        assertRecovers(1, false);
    }

    @Test
    void aThreadThatCannotBeStartedLeavesTheTransportUsable() throws Exception {
        assertRecovers(1, true);
    }

    private void assertRecovers(int threads, boolean whenStarted) throws Exception {
        noMoreThreads = true;
        try (NioTransport transport = new NioTransport(
                NioOptions.DEFAULTS.withLoops(2),
                task -> made.size() == threads && noMoreThreads ? scarce(task, whenStarted) : thread(task),
                Clock.SYSTEM,
                EventSink.NONE)) {
            assertThatThrownBy(() -> transport.listen(ANY_PORT, NioServer.echo()))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("cannot start");
            Await.realTime(Duration.ofSeconds(10))
                    .until("no thread is left", () -> made.stream().noneMatch(Thread::isAlive));

            noMoreThreads = false;
            try (Listener listener = transport.listen(ANY_PORT, NioServer.echo());
                    Socket socket = new Socket(
                            listener.address().getAddress(), listener.address().getPort())) {
                NioServer.exchange(socket, "served after all");
            }
        }
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task);
        made.add(thread);
        return thread;
    }

    private static Thread scarce(Runnable task, boolean whenStarted) {
        if (!whenStarted) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        return new Thread(task) {
            @Override
            public synchronized void start() {
                throw new OutOfMemoryError("unable to create native thread");
            }
        };
    }
}
