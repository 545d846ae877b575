package io.edgewire.testkit.sim;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes that were moved, kept to be compared. */
final class Bytes {
    private byte[] bytes = new byte[64];
    private int size;

    int size() {
        return size;
    }

    /** Copies what lies between position and limit, and moves neither. */
    void append(ByteBuffer from) {
        int count = from.remaining();
        if (size + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + count, 2 * bytes.length));
        }
        from.duplicate().get(bytes, size, count);
        size += count;
    }

    /** Whether these are the first ones of the others. */
    boolean begin(Bytes others) {
        return size <= others.size && Arrays.equals(bytes, 0, size, others.bytes, 0, size);
    }
}
