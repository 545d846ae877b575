package io.edgewire.testkit.sim;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.api.event.EdgeEvent;
import io.edgewire.api.event.EventSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Watches every connection of one run. The first broken rule ends the run, by {@link #check}. */
final class Watch implements ProtocolFactory, EventSink {
    private final SimulatedNetwork network;
    private final ProtocolFactory protocol;
    private final ConnectionOptions limits;
    private final Predicate<Throwable> planted;
    private final List<Watched> connections = new ArrayList<>();
    private final Map<Long, ConnectionEvent.Opened> opened = new HashMap<>();
    private final Map<Long, ConnectionEvent.Closed> closed = new HashMap<>();
    private @Nullable SimulatedTransport transport;
    private @Nullable SimulatedListener listener;
    private @Nullable String violation;
    private @Nullable Throwable cause;
    private boolean stopping;
    private boolean draining;

    Watch(SimulatedNetwork network, ProtocolFactory protocol, ConnectionOptions limits, Predicate<Throwable> planted) {
        this.network = network;
        this.protocol = protocol;
        this.limits = limits;
        this.planted = planted;
    }

    void watch(SimulatedTransport made, SimulatedListener listening) {
        transport = made;
        listener = listening;
    }

    @Override
    public ProtocolHandler newHandler() {
        Watched made = new Watched(this, protocol.newHandler());
        connections.add(made);
        return made;
    }

    @Override
    public void accept(EdgeEvent event) {
        if (event instanceof ConnectionEvent.Opened one) {
            once(opened.put(one.id(), one) == null, one.id(), "Opened");
        } else if (event instanceof ConnectionEvent.Closed one) {
            once(closed.put(one.id(), one) == null, one.id(), "Closed");
        } else if (event instanceof ConnectionEvent.HandlerFailed one) {
            network.trace().add(one.id(), "the handler threw " + one.cause());
            if (!planted.test(one.cause())) {
                cause = one.cause();
                violated(one.id(), "the handler threw " + one.cause());
            }
        } else if (event instanceof ConnectionEvent.AcceptFailed) {
            network.trace().add(0, "an accept fails");
        }
    }

    /** A listener or transport ends now. */
    void stopping() {
        stopping = true;
    }

    /** Each connection must hear of it. */
    void draining() {
        draining = true;
    }

    boolean isStopping() {
        return stopping;
    }

    boolean isDraining() {
        return draining;
    }

    boolean isBudgetSpent() {
        return transport != null && transport.budget().spent();
    }

    ConnectionOptions limits() {
        return limits;
    }

    Trace trace() {
        return network.trace();
    }

    long nanos() {
        return network.nanos();
    }

    /** Those that can be called now. */
    List<Watched> open() {
        return connections.stream().filter(Watched::isOpen).toList();
    }

    SimulatedChannel channel(Connection connection) {
        if (listener != null) {
            for (SimulatedChannel channel : listener.channels()) {
                if (channel.connection().id() == connection.id()) {
                    return channel;
                }
            }
        }
        throw new IllegalStateException("connection " + connection.id() + " is nobody's");
    }

    /** Only noted, for it may be within a callback, whose exceptions are the connection's. */
    void violated(long id, String rule) {
        if (violation == null) {
            violation = id > 0 ? "connection " + id + ": " + rule : rule;
            network.trace().add(id, "<< " + rule);
        }
    }

    void checkQuiet() {
        connections.forEach(Watched::checkQuiet);
    }

    /** All has ended. */
    void checkOver() {
        connections.forEach(Watched::checkOver);
        once(opened.keySet().stream().allMatch(closed::containsKey), 0, "Closed for each Opened");
        for (Watched connection : connections) {
            ConnectionEvent.Closed told = closed.get(connection.id());
            if (told == null) {
                violated(connection.id(), "T-13: no Closed was told");
                continue;
            }
            CloseReason heard = connection.closed();
            require(told.reason() == heard, connection, "told as " + told.reason() + ", heard as " + heard);
            require(
                    told.bytesOut() + told.bytesUnsent() == connection.acceptedBytes(),
                    connection,
                    told.bytesOut() + " bytes out and " + told.bytesUnsent() + " unsent of "
                            + connection.acceptedBytes());
            require(told.bytesIn() >= connection.deliveredBytes(), connection, told.bytesIn() + " bytes in");
        }
        if (transport != null && listener != null) {
            leak(transport.budget().queued(), "bytes of the send budget");
            leak(listener.connections(), "connections of the listener");
            leak(listener.channels().size(), "connections that were not told");
        }
        check();
    }

    void check() {
        if (violation != null) {
            throw new AssertionError(violation, cause);
        }
    }

    private void require(boolean holds, Watched connection, String what) {
        if (!holds) {
            violated(connection.id(), "T-13: " + what);
        }
    }

    private void leak(long left, String what) {
        if (left != 0) {
            violated(0, left + " " + what + " are left at the end");
        }
    }

    private void once(boolean holds, long id, String event) {
        if (!holds) {
            violated(id, "T-13: not exactly one " + event);
        }
    }
}
