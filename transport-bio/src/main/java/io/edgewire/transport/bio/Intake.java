package io.edgewire.transport.bio;

import io.edgewire.transport.core.SendBudget;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has read and not yet delivered: at most one buffer. It is held while a pause that came in during
 * the read is in force.
 *
 * <p><b>Threads.</b> The buffer is the reader thread's; the flags are guarded by the connection's lock.
 */
final class Intake {
    private final Buffers buffers;
    private @Nullable ByteBuffer buffer;
    private @Nullable ByteBuffer lent;
    private int lastRead;

    boolean held;
    boolean userPaused;
    boolean eof;
    boolean finTold;
    long received;

    Intake(Buffers buffers) {
        this.buffers = buffers;
    }

    /**
     * An empty buffer to read into: a large one only while reads fill the small one.
     *
     * @param sparing the budget of all queues is spent (C-12)
     */
    ByteBuffer empty(boolean sparing) {
        boolean large = !sparing && lastRead >= Buffers.SMALL && buffers.largest() > Buffers.SMALL;
        if (buffer == null || (buffer.capacity() > Buffers.SMALL) != large) {
            release();
            buffer = buffers.borrow(large ? Long.MAX_VALUE : 1);
            lent = buffer.asReadOnlyBuffer();
        }
        return buffer.clear().limit(sparing ? SendBudget.READ_WHILE_SPENT : buffer.capacity());
    }

    /** Under the lock: the read ended with that many bytes, or the end of the stream. */
    void read(int count, boolean keep) {
        if (count < 0) {
            eof = true;
            return;
        }
        lastRead = count;
        received += count;
        held = keep && count > 0;
    }

    /** What is held, to be lent to the handler. */
    ByteBuffer lend() {
        return Objects.requireNonNull(lent, "nothing is held")
                .clear()
                .limit(lastRead)
                .order(ByteOrder.BIG_ENDIAN);
    }

    /** Whether the handler can be told the next thing. */
    boolean deliverable(boolean queuePaused) {
        return held && !userPaused && !queuePaused;
    }

    /** Whether the handler can be told of the peer's FIN: the bytes come first. */
    boolean finDue() {
        return eof && !held && !finTold && !userPaused;
    }

    void release() {
        if (buffer != null) {
            buffers.giveBack(buffer);
            buffer = null;
            lent = null;
        }
    }
}
