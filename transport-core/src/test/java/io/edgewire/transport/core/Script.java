package io.edgewire.transport.core;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolHandler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A handler that writes down its calls and does in each what the test says. */
final class Script implements ProtocolHandler {
    final List<String> calls = new ArrayList<>();
    Consumer<Connection> onOpen = connection -> {};
    BiConsumer<Connection, String> onBytes = (connection, text) -> {};
    Consumer<Connection> onPeerClosed = Connection::close;
    Consumer<Connection> onDrained = connection -> {};
    Consumer<Connection> onStopping = Connection::close;

    @Override
    public void onOpen(Connection connection) {
        calls.add("open");
        onOpen.accept(connection);
    }

    @Override
    public void onBytes(Connection connection, ByteBuffer in) {
        String text = StandardCharsets.UTF_8.decode(in).toString();
        calls.add("bytes " + (text.length() < 20 ? text : text.length()));
        onBytes.accept(connection, text);
    }

    @Override
    public void onPeerClosed(Connection connection) {
        calls.add("peer closed");
        onPeerClosed.accept(connection);
    }

    @Override
    public void onDrained(Connection connection) {
        calls.add("drained");
        onDrained.accept(connection);
    }

    @Override
    public void onStopping(Connection connection) {
        calls.add("stopping");
        onStopping.accept(connection);
    }

    @Override
    public void onClosed(Connection connection, CloseReason reason) {
        calls.add("closed " + reason);
    }
}
