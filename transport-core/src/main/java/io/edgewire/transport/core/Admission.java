package io.edgewire.transport.core;

import io.edgewire.api.event.ConnectionEvent.Limit;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who may come in through one listener: so many connections in all, so many from one address (T-4).
 *
 * <p><b>Threads.</b> Any; the lock is held for a few instructions.
 */
public final class Admission {
    private final int maxConnections;
    private final int maxPerAddress;
    private final Map<InetAddress, Integer> perAddress = new HashMap<>();
    private int open;

    /** The limits of a listener, each 1 or more. */
    public Admission(int maxConnections, int maxPerAddress) {
        this.maxConnections = maxConnections;
        this.maxPerAddress = maxPerAddress;
    }

    /**
     * Counts a connection in.
     *
     * @return the limit that refuses it, or nothing: then {@link #release} must follow when it has closed
     */
    public synchronized Optional<Limit> admit(InetAddress remote) {
        if (open >= maxConnections) {
            return Optional.of(Limit.CONNECTIONS);
        }
        if (perAddress.getOrDefault(remote, 0) >= maxPerAddress) {
            return Optional.of(Limit.CONNECTIONS_PER_ADDRESS);
        }
        open++;
        perAddress.merge(remote, 1, Integer::sum);
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
        return limit == Limit.CONNECTIONS ? maxConnections : maxPerAddress;
    }
}
