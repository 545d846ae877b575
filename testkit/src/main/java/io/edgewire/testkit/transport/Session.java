package io.edgewire.testkit.transport;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.testkit.Peer;
import io.edgewire.testkit.RecordingHandler;

/**
 * Both ends of an open connection.
 *
 * @param peer the scripted end
 * @param handler the transport's end
 */
record Session(Peer peer, RecordingHandler handler) {
    Connection connection() {
        return handler.connection();
    }

    long id() {
        return connection().id();
    }

    CloseReason awaitClosed() {
        return handler.awaitClosed();
    }
}
