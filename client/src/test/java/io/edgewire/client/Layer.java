package io.edgewire.client;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolHandler;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;

/** Shows its handler another connection than the one that there is, as a framing does. */
final class Layer implements ProtocolHandler {
    private final ProtocolHandler inner;
    private final UnaryOperator<Connection> view;
    private Connection shown;

    Layer(ProtocolHandler inner, UnaryOperator<Connection> view) {
        this.inner = inner;
        this.view = view;
    }

    @Override
    public void onOpen(Connection connection) {
        shown = view.apply(connection);
        inner.onOpen(shown);
    }

    @Override
    public void onBytes(Connection connection, ByteBuffer in) {
        inner.onBytes(shown, in);
    }

    @Override
    public void onPeerClosed(Connection connection) {
        inner.onPeerClosed(shown);
    }

    @Override
    public void onDrained(Connection connection) {
        inner.onDrained(shown);
    }

    @Override
    public void onClosed(Connection connection, CloseReason reason) {
        inner.onClosed(shown, reason);
    }
}
