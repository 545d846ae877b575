package io.edgewire.examples.connect;

import java.util.ArrayDeque;

/**
 * How long answers took. Of messages each that comes answers the oldest that was sent and not answered; what comes when
 * nothing was asked is no answer. In a stream, where one answer cannot be told from the next, it is the time from the
 * first send after the last read to the next read.
 *
 * <p>Median and percentile are exact to one part in 64, least and most to the nanosecond: as many counters as that takes
 * are the whole memory.
 *
 * <p><b>Threads.</b> Any.
 */
final class RoundTripTimes {
    private static final int MOST_UNANSWERED = 64 * 1024;
    private static final int BITS = 7;
    private static final int PARTS = 1 << BITS;

    private final int most;
    /** When what is not answered was sent. */
    private final ArrayDeque<Long> unanswered = new ArrayDeque<>();
    /** Below PARTS each value has its own; above, PARTS for each power of two. */
    private final long[] counts = new long[PARTS * (Long.SIZE - BITS + 1)];

    private long count;
    private long least = Long.MAX_VALUE;
    private long longest;

    /** Of messages, or of a stream. */
    RoundTripTimes(boolean messages) {
        most = messages ? MOST_UNANSWERED : 1;
    }

    synchronized void sent(long now) {
        if (unanswered.size() < most) {
            unanswered.add(now);
        }
    }

    synchronized void received(long now) {
        Long sent = unanswered.poll();
        if (sent != null) {
            long took = Math.max(0, now - sent);
            counts[index(took)]++;
            count++;
            least = Math.min(least, took);
            longest = Math.max(longest, took);
        }
    }

    synchronized long count() {
        return count;
    }

    synchronized long min() {
        return count == 0 ? 0 : least;
    }

    synchronized long max() {
        return longest;
    }

    /** The time that so many of a hundred did not exceed; 0 without any. */
    synchronized long percentile(int percent) {
        long rank = Math.max(1, (count * percent + 99) / 100);
        long seen = 0;
        for (int i = 0; i < counts.length && count > 0; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Math.max(least, Math.min(longest, highest(i)));
            }
        }
        return 0;
    }

    private static int index(long nanos) {
        int power = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(nanos) - BITS);
        return power == 0 ? (int) nanos : power * PARTS + (int) (nanos >>> power) % PARTS;
    }

    private static long highest(int index) {
        int power = index / PARTS;
        return power == 0 ? index : ((index % PARTS + 1L) << power) - 1;
    }
}
