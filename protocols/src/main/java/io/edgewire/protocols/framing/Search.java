package io.edgewire.protocols.framing;

import java.nio.ByteBuffer;

/** Looks for bytes in a buffer, eight at a time. */
final class Search {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private Search() {}

    /** The index of a byte from {@code from} on and before {@code to}, or -1. */
    static int indexOf(ByteBuffer in, int from, int to, byte wanted) {
        long pattern = Byte.toUnsignedLong(wanted) * ONES;
        int i = from;
        while (i <= to - Long.BYTES && !hasZero(in.getLong(i) ^ pattern)) {
            i += Long.BYTES;
        }
        while (i < to) {
            if (in.get(i) == wanted) {
                return i;
            }
            i++;
        }
        return -1;
    }

    /** The index of a word that lies whole between {@code from} and {@code to}, or -1. */
    static int indexOf(ByteBuffer in, int from, int to, byte[] word) {
        int last = to - word.length;
        for (int i = from; i <= last; i++) {
            i = indexOf(in, i, last + 1, word[0]);
            if (i < 0) {
                return -1;
            }
            if (matches(in, i, word)) {
                return i;
            }
        }
        return -1;
    }

    static boolean matches(ByteBuffer in, int at, byte[] word) {
        for (int i = 0; i < word.length; i++) {
            if (in.get(at + i) != word[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether one of the eight bytes is zero. */
    private static boolean hasZero(long bytes) {
        return ((bytes - ONES) & ~bytes & HIGHS) != 0;
    }
}
