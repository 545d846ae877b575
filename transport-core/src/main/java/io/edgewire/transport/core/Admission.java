package io.edgewire.transport.core;

import io.edgewire.api.Clock;
import io.edgewire.api.ListenOptions;
import io.edgewire.api.event.ConnectionEvent.Limit;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who may come in through one listener: so many connections in all, so many from one address (T-4), so many a second
 * (T-15).
 *
 * <p><b>Threads.</b> Any; the lock is held for a few instructions.
 */
public final class Admission {
    private final ListenOptions limits;
    private final Clock clock;
    private final AcceptRate rate;
    private final Map<InetAddress, Integer> perAddress = new HashMap<>();
    private int open;

    /** The limits of a listener, and the time that its rate is measured by. */
    public Admission(ListenOptions limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
        rate = new AcceptRate(limits.acceptRate(), clock.nanos());
    }

    /**
     * Counts a connection in.
     *
     * @return the limit that refuses it, or nothing: then {@link #release} must follow when it has closed
     */
    public synchronized Optional<Limit> admit(InetAddress remote) {
        if (open >= limits.maxConnections()) {
            return Optional.of(Limit.CONNECTIONS);
        }
        if (perAddress.getOrDefault(remote, 0) >= limits.maxPerAddress()) {
            return Optional.of(Limit.CONNECTIONS_PER_ADDRESS);
        }
        if (!rate.take(clock.nanos())) {
            return Optional.of(Limit.ACCEPT_RATE);
        }
        perAddress.merge(remote, 1, Integer::sum); // first, because it may fail for want of memory
        open++;
        return Optional.empty();
    }

    /** Counts a connection out that had been admitted. */
    public synchronized void release(InetAddress remote) {
        open--;
        perAddress.computeIfPresent(remote, (address, count) -> count == 1 ? null : count - 1);
    }

    /** How many are in. */
    public synchronized int open() {
        return open;
    }

    /** The value of a limit. */
    public int allowed(Limit limit) {
        return switch (limit) {
            case CONNECTIONS -> limits.maxConnections();
            case CONNECTIONS_PER_ADDRESS -> limits.maxPerAddress();
            case ACCEPT_RATE -> limits.acceptRate();
        };
    }
}
