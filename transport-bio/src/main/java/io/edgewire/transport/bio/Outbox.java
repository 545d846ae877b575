package io.edgewire.transport.bio;

import io.edgewire.api.ConnectionOptions;
import io.edgewire.transport.core.SendQueue;
import java.nio.ByteBuffer;

/**
 * What one connection still has to send, and its marks (C-9 to C-11).
 *
 * <p>What a running callback has sent so far is its batch: a thread that writes meanwhile stops before it, so that the
 * whole of it leaves together when the callback is over.
 *
 * <p><b>Threads.</b> Guarded by the connection's lock.
 */
final class Outbox {
    private static final long NO_BATCH = Long.MAX_VALUE;

    private final int lowMark;
    private final int highMark;
    private final int limit;
    private final SendQueue queue = new SendQueue();
    /** All bytes that were ever taken by the kernel. */
    private long sent;
    /** The place in the stream, counted as {@link #sent}, where the batch of the running callback begins. */
    private long batchFrom = NO_BATCH;

    private boolean aboveHigh;
    private boolean undrained;
    private boolean kernelFull;

    Outbox(ConnectionOptions options) {
        lowMark = options.sendLowMark();
        highMark = options.sendHighMark();
        limit = options.sendLimit();
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    long size() {
        return queue.size();
    }

    long sent() {
        return sent;
    }

    boolean hasRoom(int bytes) {
        return queue.size() + bytes <= limit;
    }

    void append(ByteBuffer bytes) {
        queue.append(bytes);
        if (queue.size() > highMark) {
            aboveHigh = true;
            undrained = true;
        }
    }

    /** Opens the running callback's batch, if it is not open yet. */
    void openBatch() {
        if (batchFrom == NO_BATCH) {
            batchFrom = sent + queue.size();
        }
    }

    void closeBatch() {
        batchFrom = NO_BATCH;
    }

    /** How many bytes may be written now. */
    long writable() {
        return Math.min(queue.size(), batchFrom - sent);
    }

    void fill(ByteBuffer target) {
        queue.fill(target);
    }

    void taken(int count) {
        queue.consumed(count);
        sent += count;
        if (queue.size() <= lowMark) {
            aboveHigh = false;
        }
        if (queue.isEmpty()) {
            kernelFull = false;
        }
    }

    /** Above the high mark and not yet down at the low one: the connection is not read. */
    boolean aboveHigh() {
        return aboveHigh;
    }

    /** From the high mark until {@code onDrained}. */
    boolean undrained() {
        return undrained;
    }

    boolean drainedDue() {
        return undrained && !aboveHigh;
    }

    void drained() {
        undrained = false;
    }

    /** The kernel had no room: what is left goes out by a thread that may block, until nothing is left. */
    void kernelIsFull() {
        kernelFull = !queue.isEmpty();
    }

    boolean kernelFull() {
        return kernelFull;
    }

    /** Drops everything and tells how much it was. */
    long drop() {
        long dropped = queue.size();
        queue.clear();
        return dropped;
    }
}
