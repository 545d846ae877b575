package io.edgewire.examples.connect;

import io.edgewire.examples.text.Printable;
import java.io.ByteArrayOutputStream;
import java.util.Locale;

/** A line of hexadecimal digits as people and programs write them: {@code 48 65}, {@code 4865}, {@code 0x48,0X65}. */
final class HexLine {
    private static final String BETWEEN = " \t\r,:";

    private final String line;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private HexLine(String line) {
        this.line = line;
    }

    /** Its bytes; maybe none. The fault's message begins with the column, counted from 1. */
    static byte[] parse(String line) throws BadInputException {
        return new HexLine(line).parse();
    }

    private byte[] parse() throws BadInputException {
        int at = 0;
        while (at < line.length()) {
            if (BETWEEN.indexOf(line.charAt(at)) >= 0) {
                at++;
            } else {
                boolean marked = line.regionMatches(true, at, "0x", 0, 2);
                at = word(marked ? at + 2 : at);
            }
        }
        return bytes.toByteArray();
    }

    /** The digits from here to the next blank, two and two. */
    private int word(int start) throws BadInputException {
        int at = start;
        do {
            bytes.write(digit(at) << 4 | digit(at + 1));
            at += 2;
        } while (at < line.length() && BETWEEN.indexOf(line.charAt(at)) < 0);
        return at;
    }

    private int digit(int at) throws BadInputException {
        if (at >= line.length() || BETWEEN.indexOf(line.charAt(at)) >= 0) {
            throw fault(at, "a byte has two digits, but the second one is missing");
        }
        int digit = Character.digit(line.charAt(at), 16);
        // Other scripts' digits are digits to Java, too.
        if (digit < 0 || line.charAt(at) > 'f') {
            String shown = new String(Character.toChars(line.codePointAt(at)));
            throw fault(at, "'" + Printable.text(shown) + "' is no hexadecimal digit");
        }
        return digit;
    }

    private static BadInputException fault(int at, String why) {
        return new BadInputException(String.format(Locale.ROOT, "column %d: %s", at + 1, why));
    }
}
