package io.edgewire.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolHandler;
import java.nio.ByteBuffer;
import java.util.Locale;

/** A protocol in twelve lines: answers in capital letters. */
public final class Upper implements ProtocolHandler {
    @Override
    public void onBytes(Connection connection, ByteBuffer in) {
        connection.send(US_ASCII.decode(in).toString().toUpperCase(Locale.ROOT));
    }
}
