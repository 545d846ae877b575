package io.edgewire.transport.bio;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Direct buffers that threads borrow while they talk to the kernel. Of two sizes: a small one is enough for most
 * messages and for an idle connection's read; a large one is borrowed while much moves. A few are kept; the others are
 * left to the collector.
 *
 * <p><b>Threads.</b> Any.
 */
final class Buffers {
    static final int SMALL = 4 * 1024;

    private static final int KEPT = 16;

    private final int large;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<ByteBuffer> smallOnes = new ArrayDeque<>();
    private final ArrayDeque<ByteBuffer> largeOnes = new ArrayDeque<>();

    Buffers(int large) {
        this.large = large;
    }

    int largest() {
        return large;
    }

    /** An empty buffer that has room for {@code wanted} bytes, or is a large one if that is too much. */
    ByteBuffer borrow(long wanted) {
        boolean small = wanted <= SMALL;
        lock.lock();
        try {
            ByteBuffer kept = (small ? smallOnes : largeOnes).pollLast();
            if (kept != null) {
                return kept.clear();
            }
        } finally {
            lock.unlock();
        }
        return ByteBuffer.allocateDirect(small ? SMALL : large);
    }

    /** Takes a borrowed buffer back. */
    void giveBack(ByteBuffer buffer) {
        lock.lock();
        try {
            ArrayDeque<ByteBuffer> ones = buffer.capacity() == SMALL ? smallOnes : largeOnes;
            if (ones.size() < KEPT) {
                ones.addLast(buffer);
            }
        } finally {
            lock.unlock();
        }
    }
}
