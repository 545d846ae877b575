package io.edgewire.transport.bio;

import io.edgewire.transport.core.Delays;
import io.edgewire.transport.core.TimerHeap;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Looks for handlers that do not return (T-14), twice within the time that one may take.
 *
 * <p><b>Threads.</b> The timer thread's, on which no handler runs.
 */
final class BlockedWatch extends TimerHeap.Entry {
    private final Services services;
    private final Connections watched;
    private final long limit;
    private final long between;
    /** Those that were told: even when their connection has gone, it is to be told that they have returned. */
    private final Set<BioConnection> blocked = new HashSet<>();

    private BlockedWatch(Services services, Connections watched, Duration limit) {
        this.services = services;
        this.watched = watched;
        this.limit = Delays.nanos(limit, "blockedAfter");
        between = Math.max(1, this.limit / 2);
    }

    /** Begins to look, unless the limit is zero. */
    static void start(Services services, Connections watched) {
        Duration limit = services.options().blockedAfter();
        if (!limit.isZero()) {
            new BlockedWatch(services, watched, limit).run();
        }
    }

    @Override
    public void run() {
        long now = services.timers().now();
        services.timers().add(this, now + between);
        Set<BioConnection> all = new HashSet<>(watched.list());
        all.addAll(blocked);
        blocked.clear();
        for (BioConnection connection : all) {
            connection.handlerWatch.look(now, limit, services.events());
            if (connection.handlerWatch.owesTheEnd()) {
                blocked.add(connection);
            }
        }
    }
}
