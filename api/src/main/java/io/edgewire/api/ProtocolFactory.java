package io.edgewire.api;

/**
 * Makes the handler of each connection.
 *
 * <p><b>Threads.</b> Called by the transport for several connections at once where it has several threads, so what
 * handlers share must be safe for that.
 *
 * <p><b>Failure.</b> If it throws, that connection is aborted and reported with {@link CloseReason#HANDLER_FAILED}.
 */
@FunctionalInterface
public interface ProtocolFactory {
    /** A new handler, never one that was given out before. */
    ProtocolHandler newHandler();
}
