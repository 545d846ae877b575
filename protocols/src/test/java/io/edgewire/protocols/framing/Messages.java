package io.edgewire.protocols.framing;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolHandler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** A handler of messages that keeps what it hears, one character a byte. */
final class Messages implements ProtocolHandler {
    final List<String> heard = new ArrayList<>();
    private final BiConsumer<Connection, String> reaction;

    Messages() {
        this((connection, message) -> {});
    }

    Messages(BiConsumer<Connection, String> reaction) {
        this.reaction = reaction;
    }

    @Override
    public void onBytes(Connection connection, ByteBuffer in) {
        String message = StandardCharsets.ISO_8859_1.decode(in).toString();
        heard.add(message);
        reaction.accept(connection, message);
    }

    @Override
    public void onPeerClosed(Connection connection) {
        heard.add("<end>");
        connection.close();
    }

    @Override
    public void onClosed(Connection connection, CloseReason reason) {
        heard.add("<" + reason + ">");
    }

    static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }
}
