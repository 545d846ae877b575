package io.edgewire.api;

import java.time.Duration;

/**
 * How long a connection may wait. {@link #OFF} switches a limit off where that is allowed. Progress is bytes moved, not
 * messages done.
 *
 * @param firstByte from open until the peer's first byte, or {@link #OFF}; then {@link CloseReason#IDLE}
 * @param idle without a byte in either direction, or {@link #OFF}; then {@link CloseReason#IDLE}. Does not run while
 *     reading is paused
 * @param write without the kernel taking a byte although some wait, more than zero; then
 *     {@link CloseReason#WRITE_STALLED}
 * @param close from our FIN until the peer's, more than zero; then the socket is closed without it
 * @param lifetime from open, or {@link #OFF}; then {@link CloseReason#LIMIT}
 */
public record ConnectionTimeouts(Duration firstByte, Duration idle, Duration write, Duration close, Duration lifetime) {
    /** No limit. */
    public static final Duration OFF = Duration.ZERO;

    /** Only the write timeout (60 s) and the close timeout (5 s) are on. */
    public static final ConnectionTimeouts DEFAULTS =
            new ConnectionTimeouts(OFF, OFF, Duration.ofSeconds(60), Duration.ofSeconds(5), OFF);

    /** Checks the ranges. */
    public ConnectionTimeouts {
        Require.notNegative(firstByte, "firstByte");
        Require.notNegative(idle, "idle");
        Require.positive(write, "write");
        Require.positive(close, "close");
        Require.notNegative(lifetime, "lifetime");
    }

    /** A copy with another first-byte timeout. */
    public ConnectionTimeouts withFirstByte(Duration limit) {
        return new ConnectionTimeouts(limit, idle, write, close, lifetime);
    }

    /** A copy with another idle timeout. */
    public ConnectionTimeouts withIdle(Duration limit) {
        return new ConnectionTimeouts(firstByte, limit, write, close, lifetime);
    }

    /** A copy with another write timeout. */
    public ConnectionTimeouts withWrite(Duration limit) {
        return new ConnectionTimeouts(firstByte, idle, limit, close, lifetime);
    }

    /** A copy with another close timeout. */
    public ConnectionTimeouts withClose(Duration limit) {
        return new ConnectionTimeouts(firstByte, idle, write, limit, lifetime);
    }

    /** A copy with another lifetime. */
    public ConnectionTimeouts withLifetime(Duration limit) {
        return new ConnectionTimeouts(firstByte, idle, write, close, limit);
    }
}
