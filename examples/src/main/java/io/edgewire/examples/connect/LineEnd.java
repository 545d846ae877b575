package io.edgewire.examples.connect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What the ends of lines become when they are sent. */
public enum LineEnd {
    /** They stay what they are. */
    KEEP(""),
    LF("\n"),
    CRLF("\r\n"),
    CR("\r"),
    /** Nothing: for devices that take what they get as it comes. */
    NONE("");

    private final byte[] bytes;

    LineEnd(String text) {
        bytes = text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Replaces LF and CR LF, which may come in two parts. Not shared by threads. */
    final class Replacing {
        /** The last byte was a CR, of which only the next tells what it is. */
        private boolean held;

        byte[] replace(byte[] from, int length) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(length + 64);
            for (int i = 0; i < length; i++) {
                if (from[i] == '\n') {
                    out.writeBytes(bytes);
                } else if (held) {
                    out.write('\r');
                }
                held = from[i] == '\r';
                if (!held && from[i] != '\n') {
                    out.write(from[i]);
                }
            }
            return out.toByteArray();
        }

        /** What is left at the end. */
        byte[] rest() {
            byte[] rest = held ? new byte[] {'\r'} : new byte[0];
            held = false;
            return rest;
        }
    }
}
