package io.edgewire.client;

import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolHandler;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/**
 * Takes numbers of four bytes each, keeps them in the order in which they came, and answers each with itself. By
 * connection, because the last bytes of one that was given up may still be under way when the next one's come.
 */
final class NumberServer {
    private final List<List<Integer>> connections = new CopyOnWriteArrayList<>();

    /** All, the first connection's first. */
    List<Integer> received() {
        return connections.stream().flatMap(List::stream).toList();
    }

    ProtocolHandler newHandler() {
        return taking((from, number) -> from.send(bytes(number)));
    }

    /** Keeps what comes, and answers nothing. */
    ProtocolHandler newSilentHandler() {
        return taking((from, number) -> {});
    }

    private ProtocolHandler taking(BiConsumer<Connection, Integer> answer) {
        List<Integer> received = new CopyOnWriteArrayList<>();
        connections.add(received);
        return new Numbers() {
            @Override
            void onNumber(Connection from, int number) {
                received.add(number);
                answer.accept(from, number);
            }
        };
    }

    static ByteBuffer bytes(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).flip();
    }

    /** Puts numbers together that come in pieces. */
    abstract static class Numbers implements ProtocolHandler {
        private final ByteBuffer part = ByteBuffer.allocate(Integer.BYTES);

        abstract void onNumber(Connection from, int number);

        @Override
        public void onBytes(Connection from, ByteBuffer in) {
            while (in.hasRemaining()) {
                part.put(in.get());
                if (!part.hasRemaining()) {
                    onNumber(from, part.flip().getInt());
                    part.clear();
                }
            }
        }
    }
}
