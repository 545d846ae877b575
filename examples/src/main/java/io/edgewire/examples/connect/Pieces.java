package io.edgewire.examples.connect;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is read, cut into what is sent at once. */
interface Pieces {
    /** The next, or null at the end. After a {@link BadInputException} there may be more. */
    byte @Nullable [] next() throws IOException, BadInputException;

    /** The bytes as they come, but for the ends of lines. */
    static Pieces reads(InputStream in, LineEnd end) {
        return new Reads(in, end);
    }

    /** A line each, without its end. */
    static Pieces lines(InputStream in, int longest) {
        return new Lines(in, longest);
    }

    /** The bytes that a line of hexadecimal digits stands for; none for an empty line. */
    static Pieces hexLines(InputStream in, int longest) {
        // As long as "0x00, " for each byte.
        Lines lines = new Lines(in, (int) Math.min(6L * longest, Integer.MAX_VALUE));
        return () -> {
            byte[] line = lines.next();
            while (line != null) {
                try {
                    byte[] bytes = HexLine.parse(new String(line, StandardCharsets.UTF_8));
                    if (bytes.length > 0) {
                        return bytes;
                    }
                } catch (BadInputException e) {
                    throw new BadInputException("line " + lines.number + ", " + e.getMessage());
                }
                line = lines.next();
            }
            return null;
        };
    }

    /** Of a terminal a read is a line. */
    final class Reads implements Pieces {
        private static final int LONGEST = 16 * 1024;

        private final InputStream in;
        private final LineEnd.@Nullable Replacing ends;
        private final byte[] read = new byte[LONGEST];
        private boolean ended;

        Reads(InputStream in, LineEnd end) {
            this.in = in;
            ends = end == LineEnd.KEEP ? null : end.new Replacing();
        }

        @Override
        public byte @Nullable [] next() throws IOException {
            while (!ended) {
                int length = in.read(read);
                ended = length < 0;
                byte[] piece = ended ? rest() : piece(length);
                if (piece.length > 0) {
                    return piece;
                }
            }
            return null;
        }

        private byte[] piece(int length) {
            return ends == null ? Arrays.copyOf(read, length) : ends.replace(read, length);
        }

        private byte[] rest() {
            return ends == null ? new byte[0] : ends.rest();
        }
    }

    /** Ends are LF and CR LF; the last line may have none. */
    final class Lines implements Pieces {
        private final InputStream in;
        private final int longest;
        private int number;

        Lines(InputStream in, int longest) {
            this.in = new BufferedInputStream(in);
            this.longest = longest;
        }

        @Override
        public byte @Nullable [] next() throws IOException, BadInputException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int next = in.read();
            if (next < 0) {
                return null;
            }
            number++;
            while (next >= 0 && next != '\n') {
                if (line.size() <= longest) {
                    line.write(next);
                }
                next = in.read();
            }
            byte[] bytes = line.toByteArray();
            boolean cr = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
            if (bytes.length - (cr ? 1 : 0) > longest) {
                throw new BadInputException(
                        "line " + number + " is longer than the " + longest + " bytes that are sent");
            }
            return cr ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
        }
    }
}
