package io.edgewire.transport.bio;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.Connection;
import io.edgewire.api.ListenOptions;
import io.edgewire.api.Listener;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.event.EventSink;
import io.edgewire.testkit.ManualClock;
import io.edgewire.testkit.Rule;
import io.edgewire.testkit.SocketPeer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StallCheckTest {
    private final BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
    private final CompletableFuture<Connection> opened = new CompletableFuture<>();

    /** Tells its connection and echoes. */
    private final class Echo implements ProtocolHandler {
        @Override
        public void onOpen(Connection connection) {
            opened.complete(connection);
        }

        @Override
        public void onBytes(Connection connection, ByteBuffer in) {
            connection.send(in);
        }
    }

    @Test
    @Rule("C-18")
    void aWriterThatWasDoneBeforeTheCheckBeganIsNotTakenForStalled() throws Exception {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (BioTransport transport =
                        new BioTransport(BioOptions.DEFAULTS, this::thread, new ManualClock(), EventSink.NONE);
                Listener listener = transport.listen(ListenOptions.on(any), Echo::new)) {
            SocketPeer peer = SocketPeer.dial(listener.address());
            BioConnection connection = (BioConnection) opened.get(10, TimeUnit.SECONDS);
            threads.clear();

            StallCheck.start(connection);
            Thread check = threads.poll(10, TimeUnit.SECONDS);
            assertThat(check).isNotNull();
            check.join(10_000);

            peer.send("still here");
            peer.expect("still here");
            peer.close();
        }
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task);
        threads.add(thread);
        return thread;
    }
}
