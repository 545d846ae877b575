package io.edgewire.server;

import java.time.Duration;

/** Delays that double up to a cap. Not safe for several threads. */
final class Backoff {
    private final Duration first;
    private final Duration cap;
    private Duration next;

    Backoff(Duration first, Duration cap) {
        this.first = first;
        this.cap = cap;
        this.next = first;
    }

    Duration next() {
        Duration delay = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(cap) > 0 ? cap : doubled;
        return delay;
    }

    void reset() {
        next = first;
    }
}
