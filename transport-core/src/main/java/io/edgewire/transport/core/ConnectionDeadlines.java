package io.edgewire.transport.core;

import io.edgewire.api.ConnectionTimeouts;
import java.time.Duration;

/**
 * When a connection has waited too long, and for what (C-16 to C-19, C-21). It is told the moments and computes; it
 * owns no timer. Moving bytes only pushes deadlines back, so one timer is enough that is <em>not</em> set anew for each
 * byte: when it fires too early it asks {@link #untilNext} and sleeps again. It must be set anew only after
 * {@link #opened}, {@link #reading}, {@link #waiting} and {@link #finSent}, which can bring a deadline nearer.
 *
 * <p><b>Threads.</b> One at a time; the caller sees to that.
 */
public final class ConnectionDeadlines {
    /** What has been waited for too long. */
    public enum Due {
        /** Nothing. */
        NOTHING,
        /** A byte in either direction, or the peer's first one. */
        IDLE,
        /** The network to take a byte. */
        WRITE_STALLED,
        /** The peer's FIN after ours. */
        PEER_FIN,
        /** The connection's lifetime is over. */
        LIFETIME
    }

    private static final long NEVER = Long.MAX_VALUE;

    private final long firstByte;
    private final long idle;
    private final long write;
    private final long close;
    private final long lifetime;

    private long openedAt;
    private long readingSince;
    private long movedAt;
    private long progressAt;
    private long finAt;
    private boolean heard;
    private boolean reading;
    private boolean waiting;
    private boolean finSent;

    /** The deadlines of a connection that has not opened yet: nothing is due before {@link #opened}. */
    public ConnectionDeadlines(ConnectionTimeouts timeouts) {
        firstByte = nanosOrNever(timeouts.firstByte());
        idle = nanosOrNever(timeouts.idle());
        write = timeouts.write().toNanos();
        close = timeouts.close().toNanos();
        lifetime = nanosOrNever(timeouts.lifetime());
    }

    /** The connection is established and being read. */
    public void opened(long now) {
        openedAt = now;
        movedAt = now;
        reading(true, now);
    }

    /** A byte came from the peer. */
    public void received(long now) {
        heard = true;
        movedAt = now;
    }

    /** The network took a byte. */
    public void sent(long now) {
        movedAt = now;
        progressAt = now;
    }

    /** Reading was paused, or goes on: silence is measured only while reading. */
    public void reading(boolean on, long now) {
        if (on && !reading) {
            readingSince = now;
        }
        reading = on;
    }

    /** Whether bytes wait for the network to take them. */
    public void waiting(boolean some, long now) {
        if (some && !waiting) {
            progressAt = now;
        }
        waiting = some;
    }

    /** Our FIN was sent: from now on only the peer's is waited for, and the lifetime. */
    public void finSent(long now) {
        finSent = true;
        finAt = now;
        reading = false;
        waiting = false;
    }

    /** Nanoseconds until something is due: 0 or less if it is, {@link Long#MAX_VALUE} if nothing is waited for. */
    public long untilNext(long now) {
        return Math.min(Math.min(untilIdle(now), untilStalled(now)), Math.min(untilPeerFin(now), untilOld(now)));
    }

    /** What is due; the more serious where it is several. */
    public Due due(long now) {
        if (untilOld(now) <= 0) {
            return Due.LIFETIME;
        } else if (untilPeerFin(now) <= 0) {
            return Due.PEER_FIN;
        } else if (untilStalled(now) <= 0) {
            return Due.WRITE_STALLED;
        }
        return untilIdle(now) <= 0 ? Due.IDLE : Due.NOTHING;
    }

    private long untilIdle(long now) {
        if (!reading) {
            return NEVER;
        }
        long silence = left(idle, latest(movedAt, readingSince), now);
        return heard ? silence : Math.min(silence, left(firstByte, latest(openedAt, readingSince), now));
    }

    private long untilStalled(long now) {
        return waiting ? left(write, progressAt, now) : NEVER;
    }

    private long untilPeerFin(long now) {
        return finSent ? left(close, finAt, now) : NEVER;
    }

    private long untilOld(long now) {
        return left(lifetime, openedAt, now);
    }

    private static long left(long limit, long since, long now) {
        return limit == NEVER ? NEVER : limit - (now - since);
    }

    private static long latest(long one, long other) {
        return one - other > 0 ? one : other;
    }

    private static long nanosOrNever(Duration limit) {
        return limit.isZero() ? NEVER : limit.toNanos();
    }
}
