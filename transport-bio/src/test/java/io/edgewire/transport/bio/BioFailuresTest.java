package io.edgewire.transport.bio;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.ListenOptions;
import io.edgewire.api.Listener;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.testkit.Await;
import io.edgewire.testkit.ManualClock;
import io.edgewire.testkit.RecordingEvents;
import io.edgewire.testkit.RecordingHandler;
import io.edgewire.testkit.RecordingProtocol;
import io.edgewire.testkit.SocketPeer;
import io.edgewire.transport.core.TimerHeap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Errors of the transport's own threads, and of those whom it tells. */
class BioFailuresTest {
    private static final ListenOptions ANY_PORT =
            ListenOptions.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    private final Await await = Await.realTime(Duration.ofSeconds(10));
    private final ManualClock clock = new ManualClock();
    private final AtomicInteger errors = new AtomicInteger();

    @Test
    void aLackOfMemoryDoesNotCloseTheListener() {
        RecordingEvents events = new RecordingEvents(await);
        try (BioTransport transport = new BioTransport(BioOptions.DEFAULTS, Thread::new, clock, events, this::accept);
                Listener listener = transport.listen(ANY_PORT, () -> new RecordingHandler(await).echo())) {
            errors.set(1);
            SocketPeer peer = SocketPeer.dial(listener.address());
            ConnectionEvent.AcceptFailed failed = events.await(ConnectionEvent.AcceptFailed.class);
            assertThat(failed.cause()).isInstanceOf(OutOfMemoryError.class);

            clock.advance(failed.retryIn());

            peer.send("x");
            peer.expect("x");
            peer.close();
        }
    }

    @Test
    void aSinkThatThrowsHarmsNobody() {
        RecordingProtocol protocol = new RecordingProtocol(await, RecordingHandler::echo);
        try (BioTransport transport = new BioTransport(BioOptions.DEFAULTS, BioFailuresTest::quiet, clock, event -> {
                    throw new IllegalStateException("the log is broken");
                });
                Listener listener = transport.listen(ANY_PORT.withMaxConnections(1), protocol)) {
            SocketPeer peer = SocketPeer.dial(listener.address());
            peer.send("x");
            peer.expect("x");
            SocketPeer refused = SocketPeer.dial(listener.address());
            refused.expectEof();
            refused.close();
            peer.close();
            protocol.handler(0).awaitClosed();
            await.until("its place is free", () -> listener.connections() == 0);

            SocketPeer next = SocketPeer.dial(listener.address());
            next.send("y");
            next.expect("y");
            next.close();
        }
    }

    @Test
    void anErrorInOneTimerLeavesTheOthers() {
        BioTimers timers = new BioTimers(clock);
        Thread thread = quiet(timers);
        thread.start();
        CompletableFuture<Void> ran = new CompletableFuture<>();
        timers.add(
                entry(() -> {
                    throw new OutOfMemoryError("made by the test");
                }),
                clock.nanos());
        timers.add(entry(() -> ran.complete(null)), clock.nanos());

        await.until("the next has run", ran::isDone);
        timers.close();
    }

    private static TimerHeap.Entry entry(Runnable work) {
        return new TimerHeap.Entry() {
            @Override
            public void run() {
                work.run();
            }
        };
    }

    /** What these tests provoke is reported to the thread, and need not be seen. */
    private static Thread quiet(Runnable task) {
        Thread thread = new Thread(task);
        thread.setUncaughtExceptionHandler((in, thrown) -> {});
        return thread;
    }

    private @Nullable SocketChannel accept(ServerSocketChannel server) throws IOException {
        if (errors.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new OutOfMemoryError("made by the test");
        }
        return server.accept();
    }
}
