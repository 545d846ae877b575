package io.edgewire.transport.core;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of one connection that wait to be sent. Holds memory only while something waits. Draining is {@link #fill} a
 * buffer, write it, tell {@link #consumed} what the network took; what it did not take is still here.
 *
 * <p><b>Threads.</b> One at a time; the caller sees to that.
 */
public final class SendQueue {
    /** Small, because thousands of connections may have one each when their peers do not read. */
    private static final int SMALLEST_CHUNK = 1024;

    private static final int LARGEST_CHUNK = 64 * 1024;

    private static final class Chunk {
        final byte[] bytes;
        int from;
        int to;

        Chunk(int size) {
            bytes = new byte[size];
        }
    }

    private @Nullable ArrayDeque<Chunk> chunks;
    private long size;

    /** An empty queue. */
    public SendQueue() {}

    /** How many bytes wait. */
    public long size() {
        return size;
    }

    /** Whether nothing waits. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** Copies everything between position and limit to the end; the position is then at the limit. */
    public void append(ByteBuffer source) {
        while (source.hasRemaining()) {
            Chunk tail = tailWithRoom(source.remaining());
            int count = Math.min(source.remaining(), tail.bytes.length - tail.to);
            source.get(tail.bytes, tail.to, count);
            tail.to += count;
            size += count;
        }
    }

    /** Moves everything from another queue to the end of this one, without a copy. */
    public void appendAll(SendQueue other) {
        if (other.chunks != null) {
            if (chunks == null) {
                chunks = other.chunks;
            } else {
                chunks.addAll(other.chunks);
            }
            size += other.size;
            other.clear();
        }
    }

    /** Copies from the beginning as much as fits the buffer, and removes nothing. */
    public void fill(ByteBuffer target) {
        if (chunks == null) {
            return;
        }
        for (Chunk chunk : chunks) {
            int count = Math.min(target.remaining(), chunk.to - chunk.from);
            if (count == 0) {
                return;
            }
            target.put(chunk.bytes, chunk.from, count);
        }
    }

    /** Removes that many bytes from the beginning. */
    public void consumed(int count) {
        if (count < 0 || count > size) {
            throw new IllegalArgumentException(count + " bytes of " + size + " cannot be consumed");
        }
        size -= count;
        int left = count;
        while (chunks != null && left > 0) {
            Chunk head = chunks.getFirst();
            int part = Math.min(left, head.to - head.from);
            head.from += part;
            left -= part;
            if (head.from == head.to) {
                chunks.removeFirst();
            }
        }
        if (size == 0) {
            chunks = null;
        }
    }

    /** Drops everything. */
    public void clear() {
        chunks = null;
        size = 0;
    }

    private Chunk tailWithRoom(int wanted) {
        if (chunks == null) {
            chunks = new ArrayDeque<>(4);
        }
        Chunk tail = chunks.peekLast();
        if (tail == null || tail.to == tail.bytes.length) {
            tail = new Chunk(Math.max(SMALLEST_CHUNK, Math.min(LARGEST_CHUNK, wanted)));
            chunks.addLast(tail);
        }
        return tail;
    }
}
