package io.edgewire.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolHandler;
import java.nio.ByteBuffer;

/** A protocol that does not just hang up when the server stops: it says how much it has heard. */
public final class Farewell implements ProtocolHandler {
    private long heard;

    @Override
    public void onBytes(Connection connection, ByteBuffer in) {
        heard += in.remaining();
    }

    /** Comes after every byte that had arrived when the stop began. */
    @Override
    public void onStopping(Connection connection) {
        connection.send(US_ASCII.encode("Goodbye, I have heard " + heard + " bytes\n"));
        connection.close();
    }
}
