package io.edgewire.testkit.sim;

import io.edgewire.api.Clock;
import io.edgewire.api.CloseReason;
import io.edgewire.api.ConnectOptions;
import io.edgewire.api.Connection;
import io.edgewire.api.ListenOptions;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.Registration;
import io.edgewire.api.Transport;
import io.edgewire.testkit.transport.TransportSetup;
import io.edgewire.transport.core.Failures;
import io.edgewire.transport.core.LoopConnection;
import io.edgewire.transport.core.SendBudget;
import io.edgewire.transport.core.TimerHeap;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A transport whose sockets are ends of simulated wires, and whose connections are those of real event loops.
 *
 * <p><b>Threads.</b> Those of its network's {@link Drive}.
 *
 * <p><b>Rules.</b> T-1 to T-16, C-1 to C-32.
 */
final class SimulatedTransport implements Transport {
    /** How long who ends it waits for handlers that do not return. */
    static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(2);

    private final SimulatedNetwork network;
    private final ThreadFactory threads;
    private final Clock clock;
    private final SendBudget budget;
    private final SimulatedLoop loop;
    private final OpenConnections outgoing;
    private final List<SimulatedListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong ids = new AtomicLong();
    /** Guards the beginning and the end. */
    private final Object lifecycle = new Object();

    private Registration looks = Registration.NONE;
    private boolean started;
    private boolean closed;

    SimulatedTransport(SimulatedNetwork network, TransportSetup setup) {
        this.network = network;
        threads = setup.threads();
        clock = setup.clock();
        budget = new SendBudget(setup.sendBudget());
        loop = new SimulatedLoop(network, clock, setup.events(), budget);
        outgoing = new OpenConnections(network);
    }

    @Override
    public SimulatedListener listen(ListenOptions options, ProtocolFactory protocol) {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(protocol, "protocol");
        synchronized (lifecycle) {
            start();
            Port port = network.ports()
                    .bind(
                            options.address(),
                            options.backlog(),
                            network.conditions()
                                    .sendBufferOf(options.connection().socketSendBuffer()),
                            network.conditions().receiveBuffer());
            SimulatedListener listener = new SimulatedListener(network, this, port, options, protocol);
            listeners.add(listener);
            loop.execute(() -> loop.add(listener));
            return listener;
        }
    }

    @Override
    public Connection connect(ConnectOptions options, ProtocolFactory protocol) {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(protocol, "protocol");
        synchronized (lifecycle) {
            start();
            SimulatedChannel channel =
                    new SimulatedChannel(network, loop, nextId(), options.remote(), options.connection(), outgoing);
            outgoing.add(channel);
            loop.execute(() -> begin(channel, options, protocol));
            return channel.connection();
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
            if (!started) {
                return;
            }
        }
        List<SimulatedListener> all = new ArrayList<>(listeners);
        all.forEach(listener -> listener.cutOff(CloseReason.SHUTDOWN));
        outgoing.complete();
        outgoing.abortAll(CloseReason.SHUTDOWN);
        all.forEach(SimulatedListener::awaitClosed);
        outgoing.awaitNoneSoon(SHUTDOWN_LIMIT);
        looks.close();
        loop.end();
        network.drive().join(loop, SHUTDOWN_LIMIT);
    }

    // What listeners ask.

    Clock clock() {
        return clock;
    }

    SimulatedLoop loop() {
        return loop;
    }

    SendBudget budget() {
        return budget;
    }

    /** The open connection, or one to be, with this number. */
    Optional<SimulatedChannel> find(long id) {
        return listeners.stream()
                .flatMap(listener -> listener.find(id).stream())
                .findFirst()
                .or(() -> outgoing.find(id));
    }

    boolean isListening() {
        return !listeners.isEmpty();
    }

    /** How many connections are left that have not been told as closed. */
    int left() {
        return outgoing.all().size()
                + listeners.stream()
                        .mapToInt(listener -> listener.channels().size() + listener.connections())
                        .sum();
    }

    boolean isClosed() {
        synchronized (lifecycle) {
            return closed;
        }
    }

    long nextId() {
        return ids.incrementAndGet();
    }

    void forget(SimulatedListener listener) {
        listeners.remove(listener);
    }

    /** Whoever waits for handlers must not be one. */
    void refuseHandlers(String method) {
        if (loop.inLoop()) {
            throw new IllegalStateException(
                    method + " was called from a handler, and would wait for itself: call it on another thread");
        }
    }

    private void start() {
        if (closed) {
            throw new IllegalStateException("the transport is closed");
        }
        if (!started) {
            started = true;
            looks = clock.onJump(() -> loop.lookForBlockedHandler(TransportSetup.BLOCKED_AFTER));
            network.drive().begin(loop, threads);
        }
    }

    private void begin(SimulatedChannel channel, ConnectOptions options, ProtocolFactory protocol) {
        LoopConnection connection = channel.connection();
        if (!connection.start(protocol)) {
            return;
        }
        TimerHeap.Entry timeout = new TimerHeap.Entry() {
            @Override
            public void run() {
                connection.unreachable("no answer within " + options.connectTimeout());
            }
        };
        InetSocketAddress local;
        try {
            local = network.ports().source(options);
        } catch (IOException e) {
            connection.unreachable(Failures.text(e));
            return;
        }
        loop.timers().add(timeout, loop.nanos() + options.connectTimeout().toNanos());
        channel.whenEnded(() -> loop.timers().cancel(timeout));
        End.Socket socket = new End.Socket(
                local,
                network.conditions().sendBufferOf(options.connection().socketSendBuffer()),
                network.conditions().receiveBuffer());
        network.ports()
                .connect(
                        socket,
                        options.remote(),
                        (end, why) -> loop.execute(() -> {
                            loop.timers().cancel(timeout);
                            if (end == null) {
                                connection.unreachable(why);
                            } else {
                                channel.established(end);
                            }
                        }));
    }
}
