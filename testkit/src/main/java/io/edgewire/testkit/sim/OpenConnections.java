package io.edgewire.testkit.sim;

import io.edgewire.api.CloseReason;
import io.edgewire.transport.core.ConnectionOwner;
import io.edgewire.transport.core.LoopConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections of one listener, or the outgoing ones, until their handlers have heard {@code onClosed}; and the
 * place to wait for that.
 *
 * <p><b>Threads.</b> Any; all is under the lock of the network.
 */
final class OpenConnections implements ConnectionOwner {
    private final SimulatedNetwork network;
    /** In the order of their coming, so that what is done to all is done in the same order each time. */
    private final Map<LoopConnection, SimulatedChannel> open = new LinkedHashMap<>();

    private boolean complete;
    private boolean asked;
    private boolean draining;

    OpenConnections(SimulatedNetwork network) {
        this.network = network;
    }

    void add(SimulatedChannel channel) {
        channel.isOneOf(this);
        locked(() -> open.put(channel.connection(), channel));
    }

    /** The one with this number. */
    Optional<SimulatedChannel> find(long id) {
        synchronized (network.lock()) {
            return open.values().stream()
                    .filter(channel -> channel.connection().id() == id)
                    .findFirst();
        }
    }

    List<SimulatedChannel> all() {
        synchronized (network.lock()) {
            return new ArrayList<>(open.values());
        }
    }

    @Override
    public void released(LoopConnection connection) {}

    @Override
    public void gone(LoopConnection connection) {
        locked(() -> open.remove(connection));
    }

    /** No more will be added. */
    void complete() {
        locked(() -> complete = true);
    }

    /** No more will be added, and those that are here drain. */
    void drain() {
        complete();
        asked = true;
        AtomicInteger left = new AtomicInteger(1);
        Runnable begun = () -> {
            if (left.decrementAndGet() == 0) {
                locked(() -> draining = true);
            }
        };
        for (SimulatedChannel channel : all()) {
            left.incrementAndGet();
            channel.connection().drain(begun);
        }
        begun.run();
    }

    void abortAll(CloseReason reason) {
        all().forEach(channel -> channel.connection().abort(reason));
    }

    /** Whether they end. */
    boolean isComplete() {
        return complete;
    }

    /** Whether each of them must hear {@code onStopping}. */
    boolean isDraining() {
        return asked;
    }

    /** Waits, by the transport's clock, until it is complete and empty; false if the time was over before. */
    boolean awaitNone(SimulatedTransport transport, long start, Duration limit) {
        return network.drive().await(this::isOver, transport.clock(), start, limit);
    }

    /** The same, but only for handlers that do not return. */
    boolean awaitNoneSoon(Duration limit) {
        return network.drive().await(this::isOver, limit);
    }

    /** Waits until the draining has begun everywhere. */
    boolean awaitDraining(Duration limit) {
        return network.drive().await(() -> draining, limit);
    }

    private boolean isOver() {
        return complete && open.isEmpty();
    }

    private void locked(Runnable change) {
        synchronized (network.lock()) {
            change.run();
            network.changed();
        }
    }
}
