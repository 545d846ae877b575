package io.edgewire.transport.bio;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ListenOptions;
import io.edgewire.api.Listener;
import io.edgewire.testkit.Await;
import io.edgewire.testkit.ManualClock;
import io.edgewire.testkit.RecordingEvents;
import io.edgewire.testkit.RecordingHandler;
import io.edgewire.testkit.RecordingProtocol;
import io.edgewire.testkit.SocketPeer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;

/** A blocking transport on threads that a test can count and refuse, with manual time and peers on plain sockets. */
abstract class BioFixture {
    private static final long GENEROUS_SECONDS = 10;

    final Await await = Await.realTime(Duration.ofSeconds(GENEROUS_SECONDS));
    final ManualClock clock = new ManualClock();
    final RecordingEvents events = new RecordingEvents(await);
    final ScarceThreads threads = new ScarceThreads();
    /** Without the one timer that looks for blocked handlers, so that tests can count those of connections. */
    final BioTransport transport =
            new BioTransport(BioOptions.DEFAULTS.withBlockedAfter(Duration.ZERO), threads, clock, events);

    private final List<SocketPeer> peers = new ArrayList<>();
    private final List<CountDownLatch> gates = new ArrayList<>();

    RecordingProtocol protocol;
    Listener listener;

    @AfterEach
    void closeAll() {
        gates.forEach(CountDownLatch::countDown);
        transport.close();
        peers.forEach(SocketPeer::close);
    }

    final void listen(ConnectionOptions limits, Consumer<RecordingHandler> setUp) {
        protocol = new RecordingProtocol(await, setUp);
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        listener = transport.listen(ListenOptions.on(anyPort).withConnection(limits), protocol);
    }

    final void listen(Consumer<RecordingHandler> setUp) {
        listen(ConnectionOptions.DEFAULTS, setUp);
    }

    final SocketPeer dial() {
        SocketPeer peer = SocketPeer.dial(listener.address());
        peers.add(peer);
        return peer;
    }

    /** What a handler waits at until the test, or its end, opens it. */
    final CountDownLatch gate() {
        CountDownLatch gate = new CountDownLatch(1);
        gates.add(gate);
        return gate;
    }

    static void pass(CountDownLatch gate) {
        try {
            if (!gate.await(GENEROUS_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the gate was never opened");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
