package io.edgewire.bench.framing;

import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.protocols.framing.Framing;
import java.nio.ByteBuffer;

/** Our framing, fed as the transports do it: by a read-only view of one direct buffer that all reads share. */
final class EdgewireSide implements Side {
    private final Sink sink = new Sink();
    private final ByteBuffer in = ByteBuffer.allocateDirect(Throughput.WHOLE);
    private final ByteBuffer lent = in.asReadOnlyBuffer();
    private final Connection connection = new OpenConnection();
    private final ProtocolHandler handler;

    EdgewireSide(Framing framing) {
        handler = framing.around((messages, message) ->
                sink.take(message.remaining(), message.get(message.position()), message.get(message.limit() - 1)));
        handler.onOpen(connection);
    }

    @Override
    public void hear(byte[] stream, int read) {
        for (int from = 0; from < stream.length; from += read) {
            int count = Math.min(read, stream.length - from);
            in.clear().put(stream, from, count);
            lent.clear().limit(count);
            handler.onBytes(connection, lent);
        }
    }

    @Override
    public Sink sink() {
        return sink;
    }
}
