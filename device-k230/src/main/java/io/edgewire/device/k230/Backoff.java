package io.edgewire.device.k230;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The wait before each attempt. Used on the scheduler alone. */
final class Backoff {
    private final BackoffOptions options;
    private final RandomGenerator random;

    Backoff(BackoffOptions options, RandomGenerator random) {
        this.options = options;
        this.random = random;
    }

    /**
     * The wait after failures in a row.
     *
     * @param failures how many, from 1
     */
    Duration after(int failures) {
        Duration full = options.first();
        for (int i = 1; i < failures && full.compareTo(options.cap()) < 0; i++) {
            full = full.multipliedBy(2);
        }
        if (full.compareTo(options.cap()) > 0) {
            full = options.cap();
        }
        double taken = options.jitter() * random.nextDouble();
        return full.minusNanos((long) (full.toNanos() * taken));
    }
}
