package io.edgewire.transport.bio;

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
import io.edgewire.transport.core.Failures;
import io.edgewire.transport.core.SendBudget;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A transport on blocking sockets: one thread a connection, virtual where the JVM has threads of that kind that do not
 * pin. A handler that blocks holds up its own connection and no other.
 *
 * <p><b>Threads.</b> Besides those of the connections one for each listener, one for all timers, and now and then a
 * helper for a connection whose own thread is busy. All come from the factory.
 *
 * <p><b>Rules.</b> T-1 to T-16 and C-1 to C-29.
 */
public final class BioTransport implements Transport {
    private final Services services;
    private final AtomicLong ids = new AtomicLong();
    private final Connections alive = new Connections();
    private final Set<BioListener> listeners = ConcurrentHashMap.newKeySet();
    private final Owner self = new Outgoing();

    /** Orders {@code listen} and {@code connect} against {@code close}. */
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable Thread timerThread;
    private boolean closed;

    /** A transport with everything given. Nothing is started before the first {@code listen} or {@code connect}. */
    public BioTransport(BioOptions options, ThreadFactory threads, Clock clock, EventSink events) {
        this(options, threads, clock, events, ServerSocketChannel::accept);
    }

    BioTransport(BioOptions options, ThreadFactory threads, Clock clock, EventSink events, AcceptCall acceptCall) {
        services = new Services(
                Objects.requireNonNull(options, "options"),
                Objects.requireNonNull(threads, "threads"),
                new BioTimers(Objects.requireNonNull(clock, "clock")),
                Objects.requireNonNull(events, "events"),
                new SendBudget(options.sendBudget()),
                new Buffers(options.readBuffer(), options.sendBudget() / 2),
                acceptCall);
    }

    /** A transport with every default. */
    public static BioTransport create(EventSink events) {
        return new BioTransport(BioOptions.DEFAULTS, Threads.perConnection(BioOptions.DEFAULTS), Clock.SYSTEM, events);
    }

    @Override
    public Listener listen(ListenOptions options, ProtocolFactory protocol) {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(protocol, "protocol");
        lock.lock();
        try {
            start();
            ServerSocketChannel server = BoundSocket.open(options);
            try {
                BioListener listener = new BioListener(this, server, options, protocol, services);
                listeners.add(listener);
                return listener;
            } catch (IOException | ThreadStartException e) {
                Acceptor.closeQuietly(server);
                throw new TransportException(
                        Kind.FAILED,
                        "cannot listen on " + BindFailures.text(options.address()) + ": " + Failures.text(e),
                        e);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Connection connect(ConnectOptions options, ProtocolFactory protocol) {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(protocol, "protocol");
        lock.lock();
        try {
            start();
            SocketChannel channel = SocketChannel.open();
            BioConnection connection =
                    new BioConnection(nextId(), options.remote(), channel, options.connection(), services, self);
            alive.add(connection);
            try {
                services.start("edgewire-bio-" + connection.id(), new ReaderThread(connection, protocol, options));
            } catch (ThreadStartException e) {
                Acceptor.closeQuietly(channel);
                alive.remove(connection);
                throw e;
            }
            return connection;
        } catch (IOException | ThreadStartException e) {
            throw new TransportException(
                    Kind.FAILED,
                    "cannot connect to " + BindFailures.text(options.remote()) + ": " + Failures.text(e),
                    e);
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private void start() {
        if (closed) {
            throw new IllegalStateException("the transport is closed");
        }
        if (timerThread == null) {
            try {
                timerThread = services.start("edgewire-bio-timer", services.timers());
                BlockedWatch.start(services, alive);
            } catch (ThreadStartException e) {
                throw new TransportException(Kind.FAILED, "the transport cannot start: " + e.getMessage(), e);
            }
        }
    }

    @Override
    public void close() {
        alive.refuseCallback("close");
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        // All at once, so that those whose handlers block are waited for together.
        List.copyOf(listeners).forEach(listener -> listener.cutOff(CloseReason.SHUTDOWN));
        alive.list().forEach(connection -> connection.end(CloseReason.SHUTDOWN, "", true));
        alive.awaitNone(services.options().shutdownLimit());
        services.timers().close();
    }

    long nextId() {
        return ids.incrementAndGet();
    }

    /** Those whose handlers have not heard {@code onClosed}, of every listener and outgoing. */
    Connections alive() {
        return alive;
    }

    void forget(BioListener listener) {
        listeners.remove(listener);
    }

    private final class Outgoing implements Owner {
        @Override
        public void released(BioConnection connection) {
            // nothing counts outgoing connections
        }

        @Override
        public void gone(BioConnection connection) {
            alive.remove(connection);
        }
    }
}
