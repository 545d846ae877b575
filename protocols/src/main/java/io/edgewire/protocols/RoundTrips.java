package io.edgewire.protocols;

import java.time.Duration;

/**
 * How long answers to heartbeats took, of one connection or of several that share it.
 *
 * <p><b>Threads.</b> Any.
 */
public final class RoundTrips {
    // Guarded by this; held for a few additions only.
    private long count;
    private long last;
    private long least;
    private long most;
    private double sum;

    /** None yet. */
    public RoundTrips() {}

    /**
     * The figures at one moment; all zero while there were none.
     *
     * @param count how many answers were timed
     * @param last the last one's time
     * @param min the shortest
     * @param max the longest
     * @param mean the average
     */
    public record Summary(long count, Duration last, Duration min, Duration max, Duration mean) {}

    /** The figures now, all of the same moment. */
    public synchronized Summary summary() {
        long mean = count == 0 ? 0 : Math.round(sum / count);
        return new Summary(
                count, Duration.ofNanos(last), Duration.ofNanos(least), Duration.ofNanos(most), Duration.ofNanos(mean));
    }

    synchronized void add(long nanos) {
        least = count == 0 ? nanos : Math.min(least, nanos);
        most = Math.max(most, nanos);
        last = nanos;
        sum += nanos;
        count++;
    }
}
