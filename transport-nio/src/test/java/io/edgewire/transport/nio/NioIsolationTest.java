package io.edgewire.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.ListenOptions;
import io.edgewire.api.Listener;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.testkit.ManualClock;
import io.edgewire.testkit.RecordingEvents;
import io.edgewire.testkit.SocketPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** That a loop's neighbours do not notice what happens to one of them, nor loops what happens to another. */
class NioIsolationTest {
    @Test
    void aKeyThatWasCancelledEndsItsOwnChannelAlone() throws Exception {
        CompletableFuture<Throwable> failed = new CompletableFuture<>();
        Pipe pipe = Pipe.open();
        try (NioServer server = new NioServer(NioServer.echo());
                Socket neighbour = server.dial();
                Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink()) {
            NioServer.exchange(neighbour, "before");
            source.configureBlocking(false);
            server.loop().execute(() -> register(server.loop(), source, failed));

            sink.write(ByteBuffer.wrap(new byte[1]));

            server.await.until("the channel has failed", failed::isDone);
            assertThat(failed.join()).isInstanceOf(CancelledKeyException.class);
            NioServer.exchange(neighbour, "after");
        }
    }

    @Test
    void aBlockedHandlerHoldsUpNeitherTheOtherLoopsNorThoseThatComeIn() {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        NioOptions twoLoops = NioOptions.DEFAULTS.withLoops(2);
        RecordingEvents events = new RecordingEvents();
        try (NioTransport transport = new NioTransport(twoLoops, Thread::new, new ManualClock(), events)) {
            Listener listener = listen(transport, gate, entered);
            SocketPeer blocked = SocketPeer.dial(listener.address());
            blocked.send("!");
            await(entered);

            SocketPeer onTheOtherLoop = SocketPeer.dial(listener.address());
            onTheOtherLoop.send("x");
            onTheOtherLoop.expect("x");
            SocketPeer onTheSameLoop = SocketPeer.dial(listener.address());
            onTheSameLoop.send("y");

            gate.countDown();
            onTheSameLoop.expect("y");
            blocked.expect("!");
        } finally {
            gate.countDown();
        }
    }

    @Test
    void switchedOffNobodyLooksForBlockedHandlers() {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        ManualClock clock = new ManualClock();
        RecordingEvents events = new RecordingEvents();
        NioOptions off = NioOptions.DEFAULTS.withBlockedAfter(Duration.ZERO);
        try (NioTransport transport = new NioTransport(off, Thread::new, clock, events)) {
            SocketPeer peer = SocketPeer.dial(listen(transport, gate, entered).address());
            peer.send("!");
            await(entered);
            for (int i = 0; i < 10; i++) {
                clock.advance(Duration.ofSeconds(1));
            }
            gate.countDown();
            peer.expect("!");
            assertThat(events.all(ConnectionEvent.HandlerBlocked.class)).isEmpty();
        } finally {
            gate.countDown();
        }
    }

    private static Listener listen(NioTransport transport, CountDownLatch gate, CountDownLatch entered) {
        return transport.listen(
                ListenOptions.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                () -> (connection, in) -> {
                    if (in.get(in.position()) == '!') {
                        entered.countDown();
                        await(gate);
                    }
                    connection.send(in);
                });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void register(NioLoop loop, Pipe.SourceChannel source, CompletableFuture<Throwable> failed) {
        try {
            loop.register(source, SelectionKey.OP_READ, new Cancelling(loop, source, failed));
        } catch (IOException e) {
            failed.completeExceptionally(e);
        }
    }

    private record Cancelling(NioLoop loop, Pipe.SourceChannel source, CompletableFuture<Throwable> failure)
            implements Ready {
        @Override
        public void ready(int operations) throws IOException {
            SelectionKey key = loop.register(source, SelectionKey.OP_READ, this);
            key.cancel();
            key.interestOps(0);
        }

        @Override
        public void failed(Throwable cause) {
            failure.complete(cause);
        }
    }
}
