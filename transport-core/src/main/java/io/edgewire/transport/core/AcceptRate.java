package io.edgewire.transport.core;

/**
 * So many a second, and after a quiet second as many at once: a bucket with room for one second's tokens. Kept is not
 * their count but the moment at which it will be full again, so that nothing has to be filled up meanwhile.
 *
 * <p><b>Threads.</b> One at a time; the caller sees to that.
 */
final class AcceptRate {
    private static final long SECOND = 1_000_000_000;

    /** Between two tokens, in nanoseconds; 0 for a rate that is none. */
    private final long interval;

    private long fullAt;

    /**
     * A full bucket.
     *
     * @param perSecond 1 or more
     */
    AcceptRate(int perSecond, long now) {
        interval = SECOND / perSecond;
        fullAt = now;
    }

    /** Takes a token; false if there is none. */
    boolean take(long now) {
        long missing = Math.max(0, fullAt - now); // a difference, which survives the wrap-around of the clock
        if (missing + interval > SECOND) {
            return false;
        }
        fullAt = now + missing + interval;
        return true;
    }
}
