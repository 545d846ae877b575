package io.edgewire.examples.cli;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.ProtocolHandler;
import java.nio.ByteBuffer;

/** Any protocol, with a look at what clients send. */
record Shown(ProtocolHandler inner, Console console) implements ProtocolHandler {
    static ProtocolFactory around(ProtocolFactory inner, Console console) {
        return () -> new Shown(inner.newHandler(), console);
    }

    @Override
    public void onOpen(Connection connection) {
        inner.onOpen(connection);
    }

    @Override
    public void onBytes(Connection connection, ByteBuffer in) {
        console.received(connection.id(), in);
        inner.onBytes(connection, in);
    }

    @Override
    public void onPeerClosed(Connection connection) {
        inner.onPeerClosed(connection);
    }

    @Override
    public void onDrained(Connection connection) {
        inner.onDrained(connection);
    }

    @Override
    public void onStopping(Connection connection) {
        inner.onStopping(connection);
    }

    @Override
    public void onClosed(Connection connection, CloseReason reason) {
        inner.onClosed(connection, reason);
    }
}
