package io.edgewire.transport.nio;

import io.edgewire.api.Clock;
import io.edgewire.api.CloseReason;
import io.edgewire.api.ConnectOptions;
import io.edgewire.api.Connection;
import io.edgewire.api.ListenOptions;
import io.edgewire.api.Listener;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.Transport;
import io.edgewire.api.TransportException;
import io.edgewire.api.TransportException.Kind;
import io.edgewire.api.event.EventSink;
import io.edgewire.transport.core.BindFailures;
import io.edgewire.transport.core.BoundSocket;
import io.edgewire.transport.core.LoopConnection;
import io.edgewire.transport.core.SendBudget;
import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A transport on {@code java.nio} selectors: a few threads serve all connections, an idle one costs no thread and no
 * buffer, and a message costs no allocation.
 *
 * <p>The way of a byte: {@link NioLoop} waits for the socket, {@link NioChannel} is told, {@link LoopConnection} reads
 * and calls the handler; what the handler sends goes back through {@link NioChannel} when the callback ends.
 *
 * <p><b>Threads.</b> {@code edgewire-nio-0} and so on run the handlers, {@code edgewire-nio-accept} takes new
 * connections and never runs a handler.
 *
 * <p><b>Rules.</b> T-1 to T-16, C-1 to C-29.
 */
public final class NioTransport implements Transport {
    private final NioOptions options;
    private final ThreadFactory threads;
    private final Clock clock;
    private final EventSink events;
    private final UnaryOperator<AcceptSource> accepts;
    private final SendBudget budget;
    private final OpenConnections outgoing;
    private final Set<NioListener> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicLong ids = new AtomicLong();
    private final AtomicInteger turn = new AtomicInteger();

    /** Guards the beginning and the end; no handler runs while it is held. */
    private final Object lifecycle = new Object();

    private boolean closed;
    /** The accepting one is the last. Written under the lock, read by any thread. */
    private volatile List<NioLoop> loops = List.of();

    /**
     * A transport that has not started: it has no thread and no socket before the first {@code listen} or
     * {@code connect}.
     *
     * @param threads makes the threads of the loops; each gets its name from the loop
     * @param clock the time of all timers and timeouts
     * @param events hears of every connection
     */
    public NioTransport(NioOptions options, ThreadFactory threads, Clock clock, EventSink events) {
        this(options, threads, clock, events, UnaryOperator.identity());
    }

    /** For tests that let {@code accept} fail. */
    NioTransport(
            NioOptions options,
            ThreadFactory threads,
            Clock clock,
            EventSink events,
            UnaryOperator<AcceptSource> accepts) {
        this.accepts = accepts;
        this.options = Objects.requireNonNull(options, "options");
        this.threads = Objects.requireNonNull(threads, "threads");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.events = Objects.requireNonNull(events, "events");
        budget = new SendBudget(options.sendBudget());
        outgoing = new OpenConnections(clock);
    }

    /** A transport with every default. */
    public static NioTransport create(EventSink events) {
        return new NioTransport(NioOptions.DEFAULTS, Thread::new, Clock.SYSTEM, events);
    }

    @Override
    public Listener listen(ListenOptions listenOptions, ProtocolFactory protocol) {
        Objects.requireNonNull(listenOptions, "options");
        Objects.requireNonNull(protocol, "protocol");
        synchronized (lifecycle) {
            start();
            NioListener listener = bind(listenOptions, protocol);
            listeners.add(listener);
            listener.begin();
            return listener;
        }
    }

    @Override
    public Connection connect(ConnectOptions connectOptions, ProtocolFactory protocol) {
        Objects.requireNonNull(connectOptions, "options");
        Objects.requireNonNull(protocol, "protocol");
        synchronized (lifecycle) {
            start();
            NioLoop loop = nextLoop();
            try {
                return connect(loop, SocketChannel.open(), connectOptions, protocol);
            } catch (IOException e) {
                return unreachable(loop, connectOptions, protocol, e);
            }
        }
    }

    @Override
    public void close() {
        refuseHandlers("close");
        synchronized (lifecycle) {
            if (closed) {
                return;
            }
            closed = true;
        }
        List<NioListener> all = List.copyOf(listeners);
        all.forEach(listener -> listener.cutOff(CloseReason.SHUTDOWN));
        outgoing.complete();
        outgoing.abortAll(CloseReason.SHUTDOWN);
        Supplier<Duration> handlers = oneLimit();
        all.forEach(listener -> listener.awaitClosed(handlers.get()));
        outgoing.awaitNoneInRealTime(handlers.get());
        loops.forEach(NioLoop::end);
        Supplier<Duration> threads = oneLimit();
        loops.forEach(loop -> loop.awaitEnd(threads.get()));
    }

    /** The shutdown limit for all that is blocked, not for each: what is left of it whenever it is asked for. */
    private Supplier<Duration> oneLimit() {
        long end = Clock.SYSTEM.nanos() + options.shutdownLimit().toNanos();
        return () -> Duration.ofNanos(Math.max(0, end - Clock.SYSTEM.nanos()));
    }

    // What listeners ask.

    NioOptions options() {
        return options;
    }

    Clock clock() {
        return clock;
    }

    /** Whence a listener takes its connections. */
    AcceptSource acceptSource(ServerSocketChannel socket) {
        return accepts.apply(socket::accept);
    }

    long nextId() {
        return ids.incrementAndGet();
    }

    /** The loop of the next connection: all but the accepting one in turn. */
    NioLoop nextLoop() {
        return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size() - 1));
    }

    void forget(NioListener listener) {
        listeners.remove(listener);
    }

    /** Whoever waits for handlers must not be one: each waits for the thread that it is on. */
    void refuseHandlers(String method) {
        for (NioLoop loop : loops) {
            if (loop.inLoop()) {
                throw new IllegalStateException(
                        method + " was called from a handler, and would wait for itself: call it on another thread");
            }
        }
    }

    /** For tests that look at the loops. */
    List<NioLoop> loops() {
        return loops;
    }

    private void start() {
        if (closed) {
            throw new IllegalStateException("the transport is closed");
        }
        if (!loops.isEmpty()) {
            return;
        }
        List<NioLoop> made = new ArrayList<>();
        try {
            for (int i = 0; i < options.loopCount(); i++) {
                made.add(loop("edgewire-nio-" + i));
            }
            made.add(loop("edgewire-nio-accept"));
            made.forEach(NioLoop::start);
        } catch (IOException | RuntimeException | OutOfMemoryError e) { // the last is said for want of threads, too
            made.forEach(NioLoop::discard);
            throw new TransportException(Kind.FAILED, "the transport cannot start: " + e, e);
        }
        loops = List.copyOf(made);
        int accepting = made.size() - 1;
        BlockedWatch.start(loops.get(accepting), loops.subList(0, accepting), options.blockedAfter());
    }

    private NioLoop loop(String name) throws IOException {
        Selector selector = Selector.open();
        try {
            return new NioLoop(name, selector, threads, clock, events, budget);
        } catch (RuntimeException | Error e) { // the factory gave no thread
            selector.close();
            throw e;
        }
    }

    private NioListener bind(ListenOptions listenOptions, ProtocolFactory protocol) {
        ServerSocketChannel socket = BoundSocket.open(listenOptions);
        try {
            socket.configureBlocking(false);
            return new NioListener(this, loops.get(loops.size() - 1), socket, listenOptions, protocol);
        } catch (IOException e) {
            closeQuietly(socket, e);
            throw BindFailures.explain(listenOptions.address(), e);
        }
    }

    private Connection connect(
            NioLoop loop, SocketChannel socket, ConnectOptions connectOptions, ProtocolFactory protocol) {
        NioChannel channel =
                new NioChannel(loop, socket, nextId(), connectOptions.remote(), connectOptions.connection(), outgoing);
        Connecting connecting = new Connecting(loop, socket, channel, connectOptions);
        outgoing.add(channel.connection());
        loop.execute(() -> connecting.begin(protocol));
        return channel.connection();
    }

    private Connection unreachable(
            NioLoop loop, ConnectOptions connectOptions, ProtocolFactory protocol, IOException cause) {
        LoopConnection connection = new LoopConnection(
                nextId(), connectOptions.remote(), connectOptions.connection(), loop, NoSocket.INSTANCE, outgoing);
        outgoing.add(connection);
        loop.execute(() -> {
            if (connection.start(protocol)) {
                connection.unreachable(cause.toString());
            }
        });
        return connection;
    }

    private static void closeQuietly(ServerSocketChannel socket, IOException cause) {
        try {
            socket.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
