package io.edgewire.examples;

import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.protocols.framing.Framing;
import java.nio.ByteBuffer;

/** Each message is a list of numbers of four bytes, and is answered by their sum in eight. */
public final class Sums implements ProtocolHandler {
    /** Before each message stands its length, in four bytes. */
    public static final ProtocolFactory PROTOCOL = Framing.lengthPrefix(4).around(Sums::new);

    @Override
    public void onBytes(Connection connection, ByteBuffer message) {
        long sum = 0;
        while (message.remaining() >= Integer.BYTES) {
            sum += message.getInt();
        }
        connection.send(ByteBuffer.allocate(Long.BYTES).putLong(sum).flip());
    }
}
