package io.edgewire.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Looks again and again, with a short rest in between. */
final class RealTimeAwait implements Await {
    private static final long REST = Duration.ofNanos(100_000).toNanos();
    private static final long QUIET = Duration.ofMillis(25).toNanos();

    private final Duration limit;

    RealTimeAwait(Duration limit) {
        this.limit = limit;
    }

    @Override
    public void until(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new AssertionError("after " + limit.toMillis() + " ms still waiting until " + what);
            }
            LockSupport.parkNanos(REST);
        }
    }

    @Override
    public void settle() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < QUIET) {
            LockSupport.parkNanos(QUIET);
        }
    }
}
