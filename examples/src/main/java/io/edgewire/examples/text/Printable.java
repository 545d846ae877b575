package io.edgewire.examples.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What others sent, made safe for a terminal: no byte of theirs moves the cursor, changes a colour, turns the direction
 * of writing or begins a new line.
 */
public final class Printable {
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private Printable() {}

    /** UTF-8 as text; what is no visible character as {@code \n}, {@code \x1b} or an escape of the same kind beyond ASCII. */
    public static String text(ByteBuffer bytes) {
        return decoded(bytes, false);
    }

    /** The same, but lines stay lines. */
    public static String lines(ByteBuffer bytes) {
        return decoded(bytes, true);
    }

    private static String decoded(ByteBuffer bytes, boolean keepLines) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = bytes.duplicate();
        CharBuffer decoded = CharBuffer.allocate(in.remaining());
        StringBuilder out = new StringBuilder(in.remaining() + 8);
        while (true) {
            CoderResult result = decoder.decode(in, decoded, true);
            escape(decoded.flip(), keepLines, out);
            decoded.clear();
            if (result.isUnderflow()) {
                return out.toString();
            }
            for (int i = 0; i < result.length(); i++) {
                out.append(String.format("\\x%02x", in.get()));
            }
            decoder.reset();
        }
    }

    /** Any text, made safe in the same way. */
    public static String text(String text) {
        StringBuilder out = new StringBuilder(text.length());
        escape(text, false, out);
        return out.toString();
    }

    /** Two digits a byte. */
    public static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return HEX.formatHex(copy);
    }

    private static void escape(CharSequence text, boolean keepLines, StringBuilder out) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> out.append(keepLines ? "\n" : "\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\\' -> out.append(keepLines ? "\\" : "\\\\");
                default -> {
                    if (isVisible(c)) {
                        out.appendCodePoint(c);
                    } else if (c < 0x80) {
                        out.append(String.format("\\x%02x", c));
                    } else {
                        out.append(String.format("\\u{%x}", c));
                    }
                }
            }
        });
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
