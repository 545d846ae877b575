package io.edgewire.examples.connect;

import io.edgewire.api.Clock;
import java.time.Duration;

/**
 * How often something is sent, and when. Each time is counted from the first and not from the one before, so that delays
 * do not add up; what is late follows at once.
 *
 * @param times how often; {@link Long#MAX_VALUE} for ever
 * @param every the time from one to the next; zero for as fast as the peer takes it
 */
public record Pace(long times, Duration every) {
    /** Once. */
    public static final Pace ONCE = new Pace(1, Duration.ZERO);

    /** When the given one is due, counted from 0, if the first was at {@code start}; in {@link Clock#nanos}. */
    long due(long start, long time) {
        return start + every.toNanos() * time;
    }
}
