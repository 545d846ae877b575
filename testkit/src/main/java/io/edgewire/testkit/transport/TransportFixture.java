package io.edgewire.testkit.transport;

import io.edgewire.api.Connection;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ConnectionTimeouts;
import io.edgewire.api.ListenOptions;
import io.edgewire.api.Listener;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.Transport;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.testkit.Await;
import io.edgewire.testkit.Call;
import io.edgewire.testkit.ManualClock;
import io.edgewire.testkit.Peer;
import io.edgewire.testkit.RecordingEvents;
import io.edgewire.testkit.RecordingHandler;
import io.edgewire.testkit.RecordingProtocol;
import io.edgewire.testkit.SerialGuard;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every family of the contract test starts from: a transport, manual time, and a guard round each handler. */
abstract class TransportFixture {
    static final ConnectionOptions DEFAULTS = ConnectionOptions.DEFAULTS;
    static final long BUDGET = 64L * 1024 * 1024;
    static final int NEIGHBOURS = 5;
    static final int KIB = 1024;
    static final int MIB = 1024 * 1024;

    private final List<AutoCloseable> resources = new ArrayList<>();
    private final List<Gate> gates = new ArrayList<>();
    private final ExecutorService helpers = Executors.newCachedThreadPool();

    final ManualClock clock = new ManualClock();
    final SerialGuard guard = new SerialGuard();
    final CountingThreads threads = new CountingThreads();

    TransportEnvironment env;
    Await await;
    RecordingEvents events;
    Transport transport;
    /** The handlers of the last {@link #listen}. */
    @SuppressWarnings("NullAway.Init") // Tests listen first.
    RecordingProtocol protocol;
    /** The last {@link #listen}. */
    @SuppressWarnings("NullAway.Init") // Tests listen first.
    Listener listener;

    /** The world of one test. */
    protected abstract TransportEnvironment newEnvironment();

    @BeforeEach
    void openEnvironment() {
        env = newEnvironment();
        await = env.await();
        events = new RecordingEvents(await);
        transport = newTransport(BUDGET);
    }

    @AfterEach
    void closeEnvironment() throws Exception {
        gates.forEach(Gate::open);
        for (int i = resources.size() - 1; i >= 0; i--) {
            resources.get(i).close();
        }
        helpers.shutdownNow();
        env.close();
        guard.check();
    }

    final Transport newTransport(long sendBudget) {
        return keep(env.newTransport(new TransportSetup(threads, clock, events, sendBudget)));
    }

    final <R extends AutoCloseable> R keep(R resource) {
        resources.add(resource);
        return resource;
    }

    final Gate gate() {
        Gate gate = new Gate();
        gates.add(gate);
        return gate;
    }

    // ---- listening and opening

    final Listener listen(ListenOptions options, Consumer<RecordingHandler> setUp) {
        protocol = new RecordingProtocol(await, setUp);
        return listen(options, protocol);
    }

    final Listener listen(ListenOptions options, ProtocolFactory factory) {
        listener = transport.listen(options, guard.wrap(factory));
        return listener;
    }

    final ListenOptions anyPort() {
        return ListenOptions.on(env.anyPort());
    }

    /** Listens with these limits and opens a first connection. */
    final Session serve(ConnectionOptions limits, Consumer<RecordingHandler> setUp) {
        listen(anyPort().withConnection(limits), setUp);
        return next();
    }

    final Session serve(Consumer<RecordingHandler> setUp) {
        return serve(DEFAULTS, setUp);
    }

    final Session serveEcho() {
        return serve(RecordingHandler::echo);
    }

    /** Opens one more connection to the last listener; what follows its opening has been done when this returns. */
    final Session next() {
        Session session = dialOnly(protocol.handlers().size());
        session.handler().await(Call.OPEN);
        roundTrip(session.connection());
        return session;
    }

    /** Like {@link #next}, for a connection that may close at once. */
    final Session nextUnsettled() {
        return dialOnly(protocol.handlers().size());
    }

    /** As many that every thread which serves several connections serves one of them. */
    final List<Session> neighbours() {
        List<Session> neighbours = new ArrayList<>();
        for (int i = 0; i < NEIGHBOURS; i++) {
            neighbours.add(next());
        }
        return neighbours;
    }

    private Session dialOnly(int index) {
        Peer peer = dial(listener.address());
        return new Session(peer, protocol.handler(index));
    }

    final Peer dial(InetSocketAddress address) {
        return keep(env.dial(address));
    }

    static ConnectionOptions timeouts(ConnectionTimeouts timeouts) {
        return DEFAULTS.withTimeouts(timeouts);
    }

    // ---- doing and waiting

    final <T> Future<T> async(Callable<T> work) {
        return helpers.submit(work);
    }

    final <T> T get(Future<T> future) {
        await.until("a call on another thread returns", future::isDone);
        try {
            return future.get();
        } catch (Exception e) {
            throw new AssertionError("a call on another thread failed", e);
        }
    }

    /** Returns when the connection has run a task: what it was doing before is done. */
    final void roundTrip(Connection connection) {
        for (int i = 0; i < 2; i++) {
            CompletableFuture<Void> ran = new CompletableFuture<>();
            if (!connection.execute(() -> ran.complete(null))) {
                throw new AssertionError("the connection takes no task although it should be open");
            }
            await.until("the connection runs a task", ran::isDone);
        }
    }

    /** Gives a wrong implementation the occasion to act, before the test asserts that it has not. */
    final void settle(Connection connection) {
        roundTrip(connection);
        await.settle();
    }

    final void advance(Duration by) {
        clock.advance(by);
    }

    final ConnectionEvent.Closed closedEvent(long id) {
        return events.await(ConnectionEvent.Closed.class, event -> event.id() == id);
    }

    /** The connection still carries bytes both ways; its handler echoes. */
    static void assertEchoes(Session session) {
        session.peer().send("still here");
        session.peer().expect("still here");
    }

    // ---- data

    static byte[] bytes(int count, long seed) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** The seed of a random test; {@code -Dedgewire.seed=…} repeats one that failed. */
    static long seed() {
        return Long.getLong("edgewire.seed", System.nanoTime());
    }
}
