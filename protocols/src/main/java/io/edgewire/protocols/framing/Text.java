package io.edgewire.protocols.framing;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Whether bytes are a text. */
final class Text {
    /** Characters that are decoded at a time, to be thrown away. */
    private static final int ROOM = 512;

    private static final long HIGHS = 0x8080808080808080L;

    private Text() {}

    /** How many bytes stand before the first that is no text in a charset, or -1. */
    static int malformedAt(ByteBuffer bytes, Charset charset) {
        boolean asciiIsText = charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII);
        if (charset.equals(StandardCharsets.ISO_8859_1) || asciiIsText && isAscii(bytes)) {
            return -1;
        }
        CharsetDecoder decoder = charset.newDecoder();
        ByteBuffer rest = bytes.duplicate();
        CharBuffer thrownAway = CharBuffer.allocate(ROOM);
        CoderResult result;
        do {
            result = decoder.decode(rest, thrownAway.clear(), true);
        } while (result.isOverflow());
        return result.isError() ? rest.position() - bytes.position() : -1;
    }

    private static boolean isAscii(ByteBuffer bytes) {
        int i = bytes.position();
        int limit = bytes.limit();
        while (i <= limit - Long.BYTES && (bytes.getLong(i) & HIGHS) == 0) {
            i += Long.BYTES;
        }
        while (i < limit && bytes.get(i) >= 0) {
            i++;
        }
        return i == limit;
    }
}
