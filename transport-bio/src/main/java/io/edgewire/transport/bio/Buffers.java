package io.edgewire.transport.bio;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Direct buffers that threads borrow while they talk to the kernel. Of two sizes: a small one is enough for most
 * messages and for an idle connection's read; a large one is borrowed while much moves. A few are kept; the others are
 * left to the collector. Only so many large ones are out at a time, however many connections want one.
 *
 * <p><b>Threads.</b> Any.
 */
final class Buffers {
    static final int SMALL = 4 * 1024;

    private static final int KEPT = 16;

    private final int large;
    private final long mostLargeOut;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<ByteBuffer> smallOnes = new ArrayDeque<>();
    private final ArrayDeque<ByteBuffer> largeOnes = new ArrayDeque<>();

    /** Guarded by the lock. */
    private long largeOut;

    /**
     * A pool without buffers.
     *
     * @param large bytes of a large one
     * @param mostLarge bytes of the large ones that may be out together
     */
    Buffers(int large, long mostLarge) {
        this.large = large;
        mostLargeOut = Math.max(1, mostLarge / large);
    }

    int largest() {
        return large;
    }

    /** An empty buffer: a large one if more than a small one is wanted and one is to be had. */
    ByteBuffer borrow(long wanted) {
        boolean small;
        lock.lock();
        try {
            small = wanted <= SMALL || large <= SMALL || largeOut >= mostLargeOut;
            if (!small) {
                largeOut++;
            }
            ByteBuffer kept = (small ? smallOnes : largeOnes).pollLast();
            if (kept != null) {
                return kept.clear();
            }
        } finally {
            lock.unlock();
        }
        return allocate(small);
    }

    private ByteBuffer allocate(boolean small) {
        boolean made = false;
        try {
            ByteBuffer buffer = ByteBuffer.allocateDirect(small ? SMALL : large);
            made = true;
            return buffer;
        } finally {
            if (!made && !small) {
                largeReturned();
            }
        }
    }

    private void largeReturned() {
        lock.lock();
        try {
            largeOut--;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a borrowed buffer back. */
    void giveBack(ByteBuffer buffer) {
        lock.lock();
        try {
            boolean small = buffer.capacity() == SMALL;
            largeOut -= small ? 0 : 1;
            ArrayDeque<ByteBuffer> ones = small ? smallOnes : largeOnes;
            if (ones.size() < KEPT) {
                ones.addLast(buffer);
            }
        } finally {
            lock.unlock();
        }
    }
}
