package io.edgewire.api.event;

import io.edgewire.api.CloseReason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** What happened to a connection, or kept one from coming to be. */
public sealed interface ConnectionEvent extends EdgeEvent {
    /**
     * A connection is established.
     *
     * @param id the connection's number
     * @param local our end
     * @param remote the peer
     */
    record Opened(long id, InetSocketAddress local, InetSocketAddress remote) implements ConnectionEvent {}

    /**
     * A connection is gone, or could not be established.
     *
     * @param id the connection's number
     * @param remote the peer
     * @param reason the first cause
     * @param detail the kernel's or the handler's words for people, or empty; never branched on
     * @param bytesIn bytes that were read from the peer
     * @param bytesOut bytes that the kernel took for the peer
     * @param bytesUnsent bytes that were queued and could not be handed to the kernel
     * @param open how long it was open
     */
    record Closed(
            long id,
            InetSocketAddress remote,
            CloseReason reason,
            String detail,
            long bytesIn,
            long bytesOut,
            long bytesUnsent,
            Duration open)
            implements ConnectionEvent {}

    /**
     * A connection was turned away by a limit; the peer got a FIN.
     *
     * @param listener the address it came to
     * @param remote whence it came
     * @param limit the limit that it passed
     * @param allowed the limit's value
     */
    record Refused(InetSocketAddress listener, InetAddress remote, Limit limit, int allowed)
            implements ConnectionEvent {}

    /** The limits that turn connections away. */
    enum Limit {
        /** Connections in all. */
        CONNECTIONS,
        /** Connections from one remote address. */
        CONNECTIONS_PER_ADDRESS,
        /** Connections let in a second. */
        ACCEPT_RATE
    }

    /**
     * A callback, timer or task of a handler threw; its connection closes.
     *
     * @param id the connection's number
     * @param remote the peer
     * @param cause what it threw
     */
    record HandlerFailed(long id, InetSocketAddress remote, Throwable cause) implements ConnectionEvent {}

    /**
     * A callback, timer or task of a handler, or the making of one, has not returned for longer than it may; whatever
     * shares its thread waits. Told once for each call.
     *
     * @param id the connection's number
     * @param remote the peer
     * @param thread the name of the thread that it holds
     * @param blocked for how long, at least
     * @param stack where it is, the innermost frame first
     */
    record HandlerBlocked(
            long id, InetSocketAddress remote, String thread, Duration blocked, List<StackTraceElement> stack)
            implements ConnectionEvent {
        /** Copies the list. */
        public HandlerBlocked {
            stack = List.copyOf(stack);
        }
    }

    /**
     * A call that was told as {@link HandlerBlocked} is over.
     *
     * @param id the connection's number
     * @param remote the peer
     * @param thread the name of the thread that it held
     * @param blocked for how long, about
     */
    record HandlerReturned(long id, InetSocketAddress remote, String thread, Duration blocked)
            implements ConnectionEvent {}

    /**
     * An {@code accept} failed; the listener goes on.
     *
     * @param listener the address that it listens on
     * @param cause the kernel's error
     * @param retryIn when it tries again
     */
    record AcceptFailed(InetSocketAddress listener, Throwable cause, Duration retryIn) implements ConnectionEvent {}
}
