package io.edgewire.protocols.framing;

import java.nio.ByteBuffer;

/**
 * The first bytes of what is wrong, for people: {@code 47 45 54 20 |GET |}. Only what is printable in ASCII is shown as
 * text, so nothing of it can steer a terminal.
 */
final class Excerpt {
    /** Enough to recognise a protocol, too few to carry much of a secret. */
    static final int MOST = 16;

    private Excerpt() {}

    static String of(ByteBuffer bytes, int from) {
        int count = Math.max(0, Math.min(MOST, bytes.limit() - from));
        StringBuilder hex = new StringBuilder();
        StringBuilder text = new StringBuilder();
        for (int i = from; i < from + count; i++) {
            int b = Byte.toUnsignedInt(bytes.get(i));
            hex.append(Character.forDigit(b >> 4, 16))
                    .append(Character.forDigit(b & 15, 16))
                    .append(' ');
            text.append(b >= ' ' && b <= '~' ? (char) b : '.');
        }
        return hex + "|" + text + "|";
    }
}
