package io.edgewire.testkit;

import io.edgewire.api.Clock;
import io.edgewire.api.Registration;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands still until a test moves it. It starts ten seconds before its count of nanoseconds wraps around,
 * so that whoever compares two times by {@code <} instead of by their difference is found out.
 *
 * <p><b>Threads.</b> Any.
 */
public final class ManualClock implements Clock {
    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(10).toNanos();

    private final AtomicLong nanos = new AtomicLong(START);
    private final List<Runnable> jumps = new CopyOnWriteArrayList<>();

    /** A clock that stands. */
    public ManualClock() {}

    @Override
    public long nanos() {
        return nanos.get();
    }

    /** How far it was moved in all. */
    public Duration elapsed() {
        return Duration.ofNanos(nanos.get() - START);
    }

    /**
     * Moves it and then calls those who asked by {@link #onJump}.
     *
     * @param by zero or more
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("a monotonic clock does not go back, but was moved by " + by);
        }
        nanos.addAndGet(by.toNanos());
        jumps.forEach(Runnable::run);
    }

    @Override
    public Registration onJump(Runnable wake) {
        Runnable own = wake::run;
        jumps.add(own);
        return () -> jumps.remove(own);
    }
}
