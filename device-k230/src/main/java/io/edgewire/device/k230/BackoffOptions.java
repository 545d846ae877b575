package io.edgewire.device.k230;

import java.time.Duration;
import java.util.Objects;

/**
 * How long a station waits between failed attempts: {@code first}, then twice as long each time up to {@code cap}, each
 * shortened at random by up to {@code jitter} of itself, so that a room full of boards does not knock at once.
 *
 * @param first the wait after the first failure, more than zero
 * @param cap the longest wait, at least {@code first}
 * @param jitter the share that may be taken off, 0 (none) to 1
 */
public record BackoffOptions(Duration first, Duration cap, double jitter) {
    /** 1 s, doubling to 60 s, each up to a quarter shorter. */
    public static final BackoffOptions DEFAULTS =
            new BackoffOptions(Duration.ofSeconds(1), Duration.ofMinutes(1), 0.25);

    /** Checks the ranges. */
    public BackoffOptions {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(cap, "cap");
        if (first.isNegative() || first.isZero()) {
            throw new IllegalArgumentException("first is " + first + ", but must be more than zero");
        }
        if (cap.compareTo(first) < 0) {
            throw new IllegalArgumentException("cap is " + cap + ", but must be at least first, which is " + first);
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter is " + jitter + ", but must be 0 to 1");
        }
    }
}
