package io.edgewire.testkit.sim;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.api.event.EdgeEvent;
import io.edgewire.api.event.EventSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Watches every connection of one run. The first broken rule ends the run, by {@link #check}. */
final class Watch implements ProtocolFactory, EventSink {
    private final SimulatedNetwork network;
    private final ProtocolFactory protocol;
    private final Predicate<Throwable> planted;
    private final List<Watched> connections = new ArrayList<>();
    private final Map<Long, ConnectionEvent.Opened> opened = new HashMap<>();
    private final Map<Long, ConnectionEvent.Closed> closed = new HashMap<>();
    private @Nullable SimulatedTransport transport;
    private @Nullable ServerWatch server;
    private @Nullable String violation;
    private @Nullable Throwable cause;

    Watch(SimulatedNetwork network, ProtocolFactory protocol, Predicate<Throwable> planted) {
        this.network = network;
        this.protocol = protocol;
        this.planted = planted;
    }

    void watch(SimulatedTransport made) {
        transport = made;
    }

    @Override
    public ProtocolHandler newHandler() {
        Watched made = new Watched(this, protocol.newHandler());
        connections.add(made);
        return made;
    }

    @Override
    public void accept(EdgeEvent event) {
        if (server != null) {
            server.accept(event);
        }
        if (event instanceof ConnectionEvent.Opened one) {
            once(opened.put(one.id(), one) == null, one.id(), "Opened");
        } else if (event instanceof ConnectionEvent.Closed one) {
            once(closed.put(one.id(), one) == null, one.id(), "Closed");
        } else if (event instanceof ConnectionEvent.HandlerFailed one) {
            network.trace().connection(one.id(), "the handler threw " + one.cause());
            if (!planted.test(one.cause())) {
                cause = one.cause();
                violated(one.id(), "the handler threw " + one.cause());
            }
        } else if (event instanceof ConnectionEvent.AcceptFailed) {
            network.trace().add("an accept fails");
        }
    }

    /** Follows the server that owns the listeners, if there is one. */
    void watch(ServerWatch whole) {
        server = whole;
    }

    /** Whether a connection may end for want of a link: where no server decides, its listener was aborted so. */
    boolean mayLoseLink(Watched connection) {
        return server == null
                ? connection.channel().group().isComplete()
                : server.mayEnd(connection.local().getAddress(), connection.openedAt());
    }

    boolean isBudgetSpent() {
        return transport != null && transport.budget().spent();
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

    /** How many handlers were made. */
    int count() {
        return connections.size();
    }

    long closedWith(CloseReason reason) {
        return closed.values().stream().filter(one -> one.reason() == reason).count();
    }

    SimulatedChannel channel(Connection connection) {
        return Optional.ofNullable(transport)
                .flatMap(made -> made.find(connection.id()))
                .orElseThrow(() -> new IllegalStateException("connection " + connection.id() + " is nobody's"));
    }

    /** What ends the run although no connection is at fault. */
    void failed(String what, Throwable thrown) {
        if (violation == null) {
            cause = thrown;
            violated(0, what + " threw " + thrown);
        }
    }

    /** Only noted, for it may be within a callback, whose exceptions are the connection's. */
    void violated(long id, String rule) {
        if (violation == null) {
            violation = id > 0 ? "connection " + id + ": " + rule : rule;
            network.trace().connection(id, "<< " + rule);
        }
    }

    void checkQuiet() {
        connections.forEach(Watched::checkQuiet);
    }

    /** All has ended. */
    void checkOver() {
        connections.stream()
                .filter(connection -> connection.closed() == null)
                .forEach(connection -> violated(connection.id(), "C-2: onClosed has not come"));
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
        if (transport != null) {
            leak(transport.budget().queued(), "bytes of the send budget");
            leak(transport.left(), "connections that were not told");
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
