package io.edgewire.api;

/**
 * Carries bytes between protocol handlers and TCP peers: listens for connections and opens them.
 *
 * <p><b>Threads.</b> All methods may be called from any thread. {@link #listen} and {@link #close} may block for as
 * long as the system calls take; {@link #connect} never blocks. A handler must not call {@link #close}.
 *
 * <p><b>Lifecycle.</b> A transport is created idle: threads and sockets begin with the first {@code listen} or
 * {@code connect}. {@link #close} stops every listener and connection; it is idempotent and final.
 *
 * <p><b>Failure.</b> {@link TransportException} tells by its {@link TransportException.Kind kind} what went wrong and
 * in its message what to do. One bad connection never harms another.
 *
 * <p><b>Rules.</b> T-1 to T-16, and those of {@link Connection} for each connection.
 */
public interface Transport extends AutoCloseable {
    /**
     * Binds the address and serves each connection with a handler of its own.
     *
     * @param options where to listen and the limits of each connection
     * @param protocol makes the handler of each connection, on the thread that serves it
     * @return the listener, which accepts already
     * @throws TransportException if the address cannot be bound; the message names address, port and likely cause
     * @throws IllegalStateException if this transport is closed
     */
    Listener listen(ListenOptions options, ProtocolFactory protocol);

    /**
     * Opens a connection and returns at once. The handler hears {@link ProtocolHandler#onOpen onOpen} when it is
     * established, or only {@link ProtocolHandler#onClosed onClosed} with {@link CloseReason#UNREACHABLE};
     * {@link Connection#detail} then says why.
     *
     * @param options the peer, our own end, the time limit and the limits of the connection
     * @param protocol makes the handler, on the thread that will serve it
     * @return the connection, on which {@link Connection#send send} answers false until it is open
     * @throws TransportException if the system has no thread or socket left to serve it
     * @throws IllegalStateException if this transport is closed
     */
    Connection connect(ConnectOptions options, ProtocolFactory protocol);

    /**
     * Closes every listener and aborts every connection with {@link CloseReason#SHUTDOWN}; returns when each handler
     * has heard {@code onClosed} or the shutdown limit of the transport's own configuration has passed.
     *
     * @throws IllegalStateException if called from a handler
     */
    @Override
    void close();
}
