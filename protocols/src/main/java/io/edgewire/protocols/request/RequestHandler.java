package io.edgewire.protocols.request;

import io.edgewire.api.Connection;

/**
 * Answers the requests of one connection. One instance serves one connection.
 *
 * <p><b>Threads.</b> As a {@link io.edgewire.api.ProtocolHandler}: one call at a time, and none may block.
 */
@FunctionalInterface
public interface RequestHandler {
    /** A request has come; it is answered now, or later from any thread. */
    void onRequest(Request request);

    /** The connection is gone, and whoever was subscribed over it with it; the last call. */
    default void onClosed(Connection connection) {}
}
