package io.edgewire.transport.core;

/**
 * Who made a connection and counts it: a listener or a transport.
 *
 * <p><b>Threads.</b> Called by the connection's loop.
 */
public interface ConnectionOwner {
    /** The descriptor is free; the handler will hear {@code onClosed} next. */
    void released(LoopConnection connection);

    /** The handler has heard {@code onClosed}: there is nothing left to wait for. */
    void gone(LoopConnection connection);
}
