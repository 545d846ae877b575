package io.edgewire.testkit;

/** A callback of a {@link io.edgewire.api.ProtocolHandler}. */
public enum Call {
    /** {@code onOpen}. */
    OPEN,
    /** {@code onBytes}. */
    BYTES,
    /** {@code onPeerClosed}. */
    PEER_CLOSED,
    /** {@code onDrained}. */
    DRAINED,
    /** {@code onStopping}. */
    STOPPING,
    /** {@code onClosed}. */
    CLOSED
}
