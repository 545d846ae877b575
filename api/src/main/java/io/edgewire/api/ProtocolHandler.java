package io.edgewire.api;

import java.nio.ByteBuffer;

/**
 * What is said on one connection. One instance serves one connection, so its state is plain fields and needs no lock.
 *
 * <p><b>Threads.</b> Called by the transport, one call at a time, each happening-before the next; not always by the
 * same thread. A callback must not block: on {@code nio} it would hold up its neighbours, on any transport its own
 * timers; one that does is named in the log with its stack (T-14). Work that blocks belongs on a thread of the user's,
 * which answers by {@link Connection#send send} or {@link Connection#execute execute}.
 *
 * <p><b>Lifecycle.</b> {@code onOpen}, then any number of {@code onBytes}, {@code onDrained}; {@code onPeerClosed} at
 * most once and after the last byte; {@code onStopping} at most once; {@code onClosed} exactly once and last. A
 * connection that could not be opened hears {@code onClosed} alone.
 *
 * <p><b>Failure.</b> A callback that throws closes its own connection with {@link CloseReason#HANDLER_FAILED} and is
 * reported once; other connections do not notice.
 *
 * <p><b>Rules.</b> P-1 to P-9.
 */
public interface ProtocolHandler {
    /** The connection is established; sending may begin. */
    default void onOpen(Connection connection) {}

    /**
     * Bytes have come. TCP is a stream: a message may come in pieces or glued to the next one.
     *
     * @param in read-only and lent for the length of this call: what is to be kept must be copied, for what the buffer
     *     shows later may be anything. Between position and limit lies at least one byte; what is not consumed is gone.
     *     Where bytes come in messages ({@link Connection#framed()}) it is one whole message, which may be empty
     */
    void onBytes(Connection connection, ByteBuffer in);

    /** The peer has sent its FIN and will send no more; it may still read. Closes, unless overridden. */
    default void onPeerClosed(Connection connection) {
        connection.close();
    }

    /** The send queue had passed the high mark and is now at the low mark or below: a sender may go on. */
    default void onDrained(Connection connection) {}

    /**
     * The listener drains, and every byte that had been received before has been delivered. Closes, unless overridden;
     * a handler that wants to say goodbye sends it here and then closes, within the grace.
     */
    default void onStopping(Connection connection) {
        connection.close();
    }

    /**
     * The connection is gone. Exactly once, and the last call.
     *
     * @param reason the first cause that ended it
     */
    default void onClosed(Connection connection, CloseReason reason) {}
}
