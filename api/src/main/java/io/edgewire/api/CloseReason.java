package io.edgewire.api;

/** Why a connection ended; exactly one per connection, the first cause that ended it. */
public enum CloseReason {
    /** We closed in order, and everything queued was handed to the network. */
    LOCAL,
    /** The peer's FIN was seen before we closed. */
    PEER,
    /** The network failed or the peer sent RST. The kernel's text is in the event, for people. */
    RESET,
    /** An outgoing connection could not be established within its limit. */
    UNREACHABLE,
    /** No byte moved in either direction for the idle timeout, or none at all came for the first-byte timeout. */
    IDLE,
    /** The peer did not answer as many heartbeats as it may miss. */
    HEARTBEAT_LOST,
    /** The peer took no byte for the write timeout although some were waiting. */
    WRITE_STALLED,
    /** More was sent than the send limit allows while the peer does not keep up. */
    SLOW_PEER,
    /** A limit that the configuration sets was reached: lifetime, or tasks that wait. */
    LIMIT,
    /** The peer broke the protocol. */
    PROTOCOL_ERROR,
    /** The TLS handshake or a TLS record failed. */
    TLS_FAILED,
    /** A callback, timer or task of the handler threw. */
    HANDLER_FAILED,
    /** The station lost its link or its address. */
    LINK_LOST,
    /** The listener or transport stopped before the connection had ended by itself. */
    SHUTDOWN
}
