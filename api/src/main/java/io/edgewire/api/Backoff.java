package io.edgewire.api;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait between failed attempts: {@code first}, then twice as long each time up to {@code cap}, each
 * shortened at random by up to {@code jitter} of itself, so that a room full of boards does not knock at once.
 *
 * @param first the wait after the first failure, more than zero
 * @param cap the longest wait, at least {@code first}
 * @param jitter the share that may be taken off, 0 (none) to 1
 */
public record Backoff(Duration first, Duration cap, double jitter) {
    /** 1 s, doubling to 60 s, each up to a quarter shorter. */
    public static final Backoff DEFAULTS = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), 0.25);

    /** Checks the ranges. */
    public Backoff {
        Require.positive(first, "first");
        Require.positive(cap, "cap");
        if (cap.compareTo(first) < 0) {
            throw new IllegalArgumentException("cap is " + cap + ", but must be at least first, which is " + first);
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter is " + jitter + ", but must be 0 to 1");
        }
    }

    /**
     * The wait after failures in a row.
     *
     * @param failures how many, from 1
     * @param random decides how much is taken off
     */
    public Duration after(int failures, RandomGenerator random) {
        Duration full = first;
        for (int i = 1; i < failures && full.compareTo(cap) < 0; i++) {
            full = full.multipliedBy(2);
        }
        if (full.compareTo(cap) > 0) {
            full = cap;
        }
        double taken = jitter * random.nextDouble();
        return full.minusNanos((long) (full.toNanos() * taken));
    }
}
