package io.edgewire.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.ListenOptions;
import io.edgewire.api.Listener;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.testkit.Await;
import io.edgewire.testkit.ManualClock;
import io.edgewire.testkit.RecordingEvents;
import io.edgewire.testkit.SocketPeer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What may not cost a listener its port, nor the system its descriptors. */
class NioAcceptTest {
    private static final ListenOptions ANY_PORT =
            ListenOptions.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    private static final int MOST_ASKED = 40;

    private final Await await = Await.realTime(Duration.ofSeconds(10));
    private final ManualClock clock = new ManualClock();
    private final RecordingEvents events = new RecordingEvents(await);
    private final AtomicInteger errors = new AtomicInteger();
    private final NioTransport transport =
            new NioTransport(NioOptions.DEFAULTS.withLoops(1), Thread::new, clock, events, this::failing);
    private final List<SocketPeer> peers = new ArrayList<>();

    @AfterEach
    void closeAll() {
        peers.forEach(SocketPeer::close);
        transport.close();
    }

    @Test
    void aLackOfMemoryDoesNotCloseTheListener() {
        Listener listener = transport.listen(ANY_PORT, NioServer.echo());
        errors.set(1);

        SocketPeer peer = dial(listener);
        ConnectionEvent.AcceptFailed failed = events.await(ConnectionEvent.AcceptFailed.class);
        assertThat(failed.cause()).isInstanceOf(OutOfMemoryError.class);
        clock.advance(failed.retryIn());

        peer.send("x");
        peer.expect("x");
    }

    @Test
    void theWaitGrowsWhileItFailsAndIsShortAgainAfterASuccess() {
        Listener listener = transport.listen(ANY_PORT, NioServer.echo());
        errors.set(3);
        SocketPeer peer = dial(listener);
        for (int i = 1; i <= 3; i++) {
            clock.advance(events.await(ConnectionEvent.AcceptFailed.class, i)
                    .get(i - 1)
                    .retryIn());
        }
        peer.send("x");
        peer.expect("x");

        errors.set(1);
        dial(listener);

        assertThat(events.await(ConnectionEvent.AcceptFailed.class, 4).stream()
                        .map(failed -> failed.retryIn().toMillis()))
                .containsExactly(100L, 200L, 400L, 100L);
    }

    @Test
    void onlySoManyRefusedPeersLingerAtATimeAndTheEldestMakesRoom() throws Exception {
        Listener listener = refusing(Refusals.MOST);

        SocketPeer oneTooMany = dial(listener);

        oneTooMany.expectEof();
        awaitLeft(peers.get(1));
        assertThat(isLeft(peers.get(2))).isFalse();
        assertThat(isLeft(oneTooMany)).isFalse();
    }

    @Test
    void refusedPeersThatStayAreLeftAfterAWhile() throws Exception {
        refusing(2);
        assertThat(isLeft(peers.get(1))).isFalse();
        clock.advance(Duration.ofSeconds(1));

        awaitLeft(peers.get(1));
        awaitLeft(peers.get(2));
    }

    @Test
    void aRefusedPeerThatGoesOnSendingIsLeftAtOnce() {
        SocketPeer refused = dial(refusing(0));

        await.until("the socket is closed", () -> answersByReset(refused, "x".repeat(4096)));
    }

    /** A listener that is full and has refused so many. */
    private Listener refusing(int count) {
        Listener listener = transport.listen(ANY_PORT.withMaxConnections(1), NioServer.echo());
        dial(listener);
        events.await(ConnectionEvent.Opened.class);
        for (int i = 0; i < count; i++) {
            dial(listener).expectEof();
        }
        return listener;
    }

    /** Whether the socket is closed, once the loop has done what was due; asked by fewer bytes than would close it. */
    private boolean isLeft(SocketPeer refused) throws Exception {
        for (int rounds = 0; rounds < 5; rounds++) {
            CompletableFuture<Void> round = new CompletableFuture<>();
            transport.loops().get(1).execute(() -> round.complete(null));
            round.get(10, TimeUnit.SECONDS);
        }
        return IntStream.range(0, 10).anyMatch(i -> answersByReset(refused));
    }

    /** Waits until the socket is closed, asked now and then, by fewer bytes than would close it. */
    private void awaitLeft(SocketPeer refused) {
        long start = System.nanoTime();
        AtomicInteger asked = new AtomicInteger();
        await.until("the socket is closed", () -> {
            boolean due = System.nanoTime() - start >= Duration.ofMillis(100).toNanos() * asked.get();
            return due && asked.getAndIncrement() < MOST_ASKED && answersByReset(refused);
        });
    }

    private SocketPeer dial(Listener listener) {
        SocketPeer peer = SocketPeer.dial(listener.address());
        peers.add(peer);
        return peer;
    }

    private static boolean answersByReset(SocketPeer peer) {
        return answersByReset(peer, "x");
    }

    private static boolean answersByReset(SocketPeer peer, String text) {
        try {
            peer.send(text);
            return false;
        } catch (AssertionError e) {
            return true; // the other end is gone
        }
    }

    private AcceptSource failing(AcceptSource source) {
        return () -> {
            if (errors.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new OutOfMemoryError("made by the test");
            }
            return source.accept();
        };
    }
}
