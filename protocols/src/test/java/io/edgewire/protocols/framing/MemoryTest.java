package io.edgewire.protocols.framing;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.testkit.Rule;
import io.edgewire.testkit.protocol.ScriptedConnection;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** How much is kept, and when. */
class MemoryTest {
    private static final int LONG = 16 * 1024 * 1024;

    @Test
    @Rule("F-5")
    void aLengthAloneTakesNoMemory() {
        FramedHandler handler = new FramedHandler(Framing.lengthPrefix(4).withMaximum(LONG), (messages, in) -> {});
        ScriptedConnection stream = stream();
        ByteBuffer header = ByteBuffer.allocate(5).putInt(LONG).put((byte) 1).flip();
        warmUp();

        long before = allocated();
        handler.onBytes(stream, header);
        handler.onBytes(stream, ByteBuffer.wrap(new byte[1000]));

        assertThat(allocated() - before).isLessThan(20_000);
    }

    @Test
    @Rule("F-5")
    void aLongMessageInSmallPiecesTakesLittleMoreThanTwiceItsSize() {
        int[] length = new int[1];
        FramedHandler handler = new FramedHandler(
                Framing.lengthPrefix(4).withMaximum(LONG), (messages, in) -> length[0] = in.remaining());
        ScriptedConnection stream = stream();
        byte[] piece = new byte[1024];
        warmUp();

        long before = allocated();
        handler.onBytes(stream, ByteBuffer.allocate(4).putInt(LONG).flip());
        for (int i = 0; i < LONG / piece.length; i++) {
            handler.onBytes(stream, ByteBuffer.wrap(piece));
        }

        assertThat(length[0]).isEqualTo(LONG);
        assertThat(allocated() - before).isLessThan(3L * LONG);
    }

    @Test
    @Rule("F-5")
    void noMoreIsKeptThanTheLongestFrame() {
        Pending pending = new Pending();
        ByteBuffer in = ByteBuffer.allocate(100);

        pending.append(in, 60, 70);
        pending.append(in, 10, 70);
        assertThat(pending.size()).isEqualTo(70);
        assertThat(pending.bytes().capacity()).isEqualTo(70);
        pending.bytes().position(70);

        assertThat(pending.isEmpty()).isTrue();
    }

    private static ScriptedConnection stream() {
        ScriptedConnection stream = new ScriptedConnection((connection, in) -> {});
        stream.open();
        return stream;
    }

    /** Loads the classes, so that they are not counted. */
    private static void warmUp() {
        FramedHandler handler = new FramedHandler(Framing.lengthPrefix(4), (messages, in) -> {});
        handler.onBytes(stream(), ByteBuffer.wrap(new byte[] {0, 0, 0, 9, 1}));
        allocated();
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
