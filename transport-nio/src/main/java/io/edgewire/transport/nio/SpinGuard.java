package io.edgewire.transport.nio;

import io.edgewire.api.Clock;

/**
 * Notices a selector that returns at once again and again although nothing happened. Measured by the machine's clock,
 * for it is the machine that spins.
 *
 * <p><b>Threads.</b> The loop's.
 */
final class SpinGuard {
    /** In a row, and within {@link #WINDOW}. */
    static final int TOO_MANY = 512;

    private static final long WINDOW = 1_000_000_000L;
    /** A selector that spins when new as well is not made anew all the time. */
    private static final long REST = 60 * WINDOW;

    private final Clock clock;
    private int inRow;
    private long since;
    private long restingSince;
    private boolean resting;

    SpinGuard() {
        this(Clock.SYSTEM);
    }

    SpinGuard(Clock clock) {
        this.clock = clock;
    }

    /** There was a reason to return. */
    void justified() {
        inRow = 0;
    }

    /**
     * There was none.
     *
     * @return whether the selector is to be replaced
     */
    boolean premature() {
        long now = clock.nanos();
        if (inRow == 0 || now - since > WINDOW) {
            inRow = 0;
            since = now;
        }
        inRow++;
        if (inRow < TOO_MANY || resting && now - restingSince < REST) {
            return false;
        }
        inRow = 0;
        resting = true;
        restingSince = now;
        return true;
    }
}
