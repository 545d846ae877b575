package io.edgewire.protocols.framing;

import java.nio.ByteBuffer;

/**
 * Bytes that have come and could not be delivered yet: the beginning of a message, or what follows the one at which the
 * handler paused. There is memory only while there are bytes, and it grows with those that really came.
 */
final class Pending {
    private static final byte[] NO_BYTES = {};
    private static final ByteBuffer NOTHING = ByteBuffer.wrap(NO_BYTES).asReadOnlyBuffer();

    private byte[] store = NO_BYTES;
    /** A read-only view of the store; its position and limit are those of the bytes. */
    private ByteBuffer bytes = NOTHING;

    boolean isEmpty() {
        return !bytes.hasRemaining();
    }

    int size() {
        return bytes.remaining();
    }

    /** The bytes, to be read and to be lent. */
    ByteBuffer bytes() {
        return bytes;
    }

    /**
     * Takes bytes from the front of a buffer.
     *
     * @param count how many
     * @param useful beyond which size no room is made ahead
     */
    void append(ByteBuffer in, int count, int useful) {
        int end = bytes.limit();
        if (count > store.length - end) {
            makeRoom(count, useful);
            end = bytes.limit();
        }
        in.get(store, end, count);
        bytes.limit(end + count);
    }

    void clear() {
        store = NO_BYTES;
        bytes = NOTHING;
    }

    /** Twice what is there, so that a long message that comes in small pieces is copied twice and not a thousand times. */
    private void makeRoom(int count, int useful) {
        int size = size();
        int ahead = (int) Math.min(useful, 2L * size);
        byte[] larger = new byte[Math.max(Math.addExact(size, count), ahead)];
        bytes.get(larger, 0, size);
        store = larger;
        bytes = ByteBuffer.wrap(larger).asReadOnlyBuffer().limit(size);
    }
}
