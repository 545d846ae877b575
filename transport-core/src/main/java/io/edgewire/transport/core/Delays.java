package io.edgewire.transport.core;

import java.time.Duration;

/** Durations that users give, in nanoseconds. */
public final class Delays {
    /** Half the range, so that a moment and a delay can be added and compared. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

    private Delays() {}

    /**
     * The nanoseconds of a delay; a very long one, of centuries, is cut to what a clock can count.
     *
     * @param name what it is called in the message
     * @throws IllegalArgumentException if it is negative
     */
    public static long nanos(Duration delay, String name) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException(name + " is " + delay + ", but must be zero or more");
        }
        return delay.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : delay.toNanos();
    }
}
