package io.edgewire.protocols;

import io.edgewire.api.Clock;
import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Measures how long a peer has been silent, asks it and gives it up.
 *
 * <pre>
 *            interval of silence              interval of silence
 *   heard ──────────────────────▶ asked once ─────────────────────▶ … asked max-missed times
 *     ▲                               │                                     │ interval of silence
 *     └────────── any byte ───────────┴──────────── any byte                ▼
 *                                                                    HEARTBEAT_LOST
 * </pre>
 *
 * One timer, which is not touched by bytes: when it fires early it looks at the last byte's time and goes back to
 * sleep.
 */
final class SilenceWatch {
    private final HeartbeatOptions options;
    private final Clock clock;
    /** From 0 to 1. */
    private final DoubleSupplier chance;

    private final RoundTrips roundTrips;

    @SuppressWarnings("NullAway.Init") // The start brings them.
    private SignalWords words;

    /** When the peer was last heard or asked. */
    private long since;
    /** How long it may be silent this time. */
    private long limit;
    /** Questions since it was last heard. */
    private int missed;
    /** Questions that no answer has come to, whatever else came. */
    private int unanswered;

    private long askedAt;
    private boolean stopped;
    /** Written by whoever ends a pause, read by the connection's thread. */
    private volatile long resumedAt;

    SilenceWatch(HeartbeatOptions options, Clock clock, DoubleSupplier chance, RoundTrips roundTrips) {
        this.options = options;
        this.clock = clock;
        this.chance = chance;
        this.roundTrips = roundTrips;
    }

    void start(Connection connection, SignalWords signals) {
        words = signals;
        since = clock.nanos();
        resumedAt = since;
        if (options.role().asks()) {
            sleep(connection, nextLimit());
        }
    }

    void stop() {
        stopped = true;
    }

    void heard() {
        since = clock.nanos();
        missed = 0;
    }

    void resumed() {
        resumedAt = clock.nanos();
    }

    boolean expectsAnswer() {
        return unanswered > 0;
    }

    /** Where several questions are open it is not known which one this answers, so only a single one is timed. */
    void answered() {
        if (unanswered == 1) {
            roundTrips.add(clock.nanos() - askedAt);
        }
        unanswered--;
    }

    private void check(Connection connection) {
        if (stopped) {
            return;
        }
        long now = clock.nanos();
        if (!connection.reading()) {
            since = now;
        }
        long silent = Math.min(now - since, now - resumedAt);
        if (silent < limit) {
            sleep(connection, limit - silent);
        } else if (missed == options.maxMissed()) {
            connection.abort(CloseReason.HEARTBEAT_LOST);
        } else {
            ask(connection, now);
        }
    }

    /** A connection that refuses the question is closing or half-closed: the transport watches its end. */
    private void ask(Connection connection, long now) {
        if (connection.send(words.ping())) {
            missed++;
            unanswered++;
            askedAt = now;
            since = now;
            sleep(connection, nextLimit());
        }
    }

    private void sleep(Connection connection, long nanos) {
        connection.after(Duration.ofNanos(nanos), () -> check(connection));
    }

    /** Only ever shorter than the interval, so that a dead peer is given up in time. */
    private long nextLimit() {
        long interval = options.interval().toNanos();
        limit = interval - (long) (interval * options.jitter() * chance.getAsDouble());
        return limit;
    }
}
