package io.edgewire.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.event.ConnectionEvent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a loop must not do although nobody would see it in the bytes: allocate, or turn for nothing. */
class NioEfficiencyTest {
    private static final int MESSAGES = 10_000;
    private static final int BYTES_FOR_ALL = 100_000;
    private static final int BIG = 4 * 1024 * 1024;

    @Test
    void aMessageAllocatesNothing() throws Exception {
        CompletableFuture<Thread> loop = new CompletableFuture<>();
        try (NioServer server = new NioServer(() -> new EchoOn(loop));
                Socket socket = server.dial()) {
            for (int i = 0; i < MESSAGES; i++) {
                NioServer.exchange(socket, "warm up");
            }
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long id = loop.get().getId();
            long before = threads.getThreadAllocatedBytes(id);
            for (int i = 0; i < MESSAGES; i++) {
                NioServer.exchange(socket, "recv: a message of ordinary size");
            }
            assertThat(threads.getThreadAllocatedBytes(id) - before).isLessThan(BYTES_FOR_ALL);
        }
    }

    @Test
    void aMessageTakesARoundOrTwo() throws IOException {
        try (NioServer server = new NioServer(NioServer.echo());
                Socket socket = server.dial()) {
            NioServer.exchange(socket, "first");
            long before = server.loop().rounds();
            for (int i = 0; i < MESSAGES; i++) {
                NioServer.exchange(socket, "x");
            }
            assertThat(server.loop().rounds() - before).isLessThan(2 * MESSAGES);
        }
    }

    @Test
    void interestInWritingEndsWhenTheQueueIsDrained() throws IOException {
        ConnectionOptions large = ConnectionOptions.DEFAULTS.withSendQueue(0, BIG, 2 * BIG);
        try (NioServer server = new NioServer(() -> new Sender(BIG), large);
                Socket socket = server.dial()) {
            assertThat(socket.getInputStream().readNBytes(BIG)).hasSize(BIG);
            assertQuiet(server);
        }
    }

    @Test
    void aPeerThatDoesNotReadCostsNoRounds() throws IOException {
        ConnectionOptions large = ConnectionOptions.DEFAULTS.withSendQueue(0, 2 * BIG, 4 * BIG);
        AtomicBoolean open = new AtomicBoolean();
        try (NioServer server = new NioServer(() -> new Sender(3 * BIG, open), large);
                Socket socket = server.dial()) {
            server.await.until("the handler has sent", open::get);
            assertQuiet(server);
            assertThat(socket.isConnected()).isTrue();
        }
    }

    @Test
    void aPeerThatHasHalfClosedCostsNoRounds() throws IOException {
        CompletableFuture<Connection> half = new CompletableFuture<>();
        try (NioServer server = new NioServer(() -> new HalfOpen(half));
                Socket socket = server.dial()) {
            socket.shutdownOutput();
            server.await.until("the FIN is told", half::isDone);
            assertQuiet(server);

            half.join().send("still here");
            half.join().close();
            assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("still here");
        }
    }

    @Test
    void aNewSelectorServesTheOldConnections() throws Exception {
        try (NioServer server = new NioServer(NioServer.echo());
                Socket before = server.dial()) {
            NioServer.exchange(before, "before");
            for (NioLoop loop : server.transport.loops()) {
                CompletableFuture<Void> rebuilt = new CompletableFuture<>();
                loop.execute(() -> {
                    try {
                        loop.rebuild();
                        rebuilt.complete(null);
                    } catch (IOException e) {
                        rebuilt.completeExceptionally(e);
                    }
                });
                server.await.until("the selector is new", rebuilt::isDone);
                rebuilt.get();
            }
            NioServer.exchange(before, "after");
            try (Socket after = server.dial()) {
                NioServer.exchange(after, "new");
            }
            before.shutdownOutput();
            assertThat(server.events
                            .await(ConnectionEvent.Closed.class, closed -> true)
                            .reason())
                    .isEqualTo(CloseReason.PEER);
        }
    }

    @Test
    void anInterruptDoesNotMakeTheLoopTurn() throws IOException {
        try (NioServer server = new NioServer(() -> (connection, in) -> {
                    connection.send(in);
                    Thread.currentThread().interrupt();
                });
                Socket socket = server.dial()) {
            NioServer.exchange(socket, "x");
            assertQuiet(server);
            NioServer.exchange(socket, "y");
        }
    }

    private static void assertQuiet(NioServer server) {
        server.await.settle(); // whatever is still to be done
        long before = server.loop().rounds();
        server.await.settle();
        assertThat(server.loop().rounds() - before).isLessThan(5);
    }

    private record EchoOn(CompletableFuture<Thread> loop) implements ProtocolHandler {
        @Override
        public void onOpen(Connection connection) {
            loop.complete(Thread.currentThread());
        }

        @Override
        public void onBytes(Connection connection, ByteBuffer in) {
            connection.send(in);
        }
    }

    private record Sender(int bytes, AtomicBoolean sent) implements ProtocolHandler {
        Sender(int bytes) {
            this(bytes, new AtomicBoolean());
        }

        @Override
        public void onOpen(Connection connection) {
            connection.send(ByteBuffer.allocate(bytes));
            sent.set(true);
        }

        @Override
        public void onBytes(Connection connection, ByteBuffer in) {}
    }

    private record HalfOpen(CompletableFuture<Connection> half) implements ProtocolHandler {
        @Override
        public void onBytes(Connection connection, ByteBuffer in) {}

        @Override
        public void onPeerClosed(Connection connection) {
            half.complete(connection);
        }
    }
}
