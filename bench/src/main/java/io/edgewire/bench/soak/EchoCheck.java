package io.edgewire.bench.soak;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;

/**
 * Compares every byte that the server sends with what it must send: the words of its protocols, whole, and between them
 * the bytes that were sent to it, in order.
 */
final class EchoCheck {
    /** What the server says besides what it was told. */
    enum Word {
        GREETING("Hello!\n"),
        PREFIX("recv: "),
        PING("PING\n"),
        PONG("PONG\n"),
        END("end");

        private final byte[] bytes;

        Word(String text) {
            bytes = text.getBytes(US_ASCII);
        }

        ByteBuffer bytes() {
            return ByteBuffer.wrap(bytes);
        }
    }

    private final Payload expected;
    private final Map<Word, Integer> seen = new EnumMap<>(Word.class);
    private final byte[] word = new byte[8];
    private int length;
    private long heard;

    /** Checks the echo of these bytes. */
    EchoCheck(Payload expected) {
        this.expected = expected;
    }

    /**
     * Takes what has come.
     *
     * @throws WrongByteException at the first byte that should not be there
     */
    void take(ByteBuffer in) throws WrongByteException {
        while (in.hasRemaining()) {
            byte next = in.get();
            if (next < 0) {
                payload(next);
            } else {
                letter(next);
            }
        }
    }

    /** How many bytes of what was sent came back. */
    long heard() {
        return heard;
    }

    int count(Word which) {
        return seen.getOrDefault(which, 0);
    }

    /** Whether the last word has come to its end. */
    boolean isBetweenWords() {
        return length == 0;
    }

    private void payload(byte next) throws WrongByteException {
        if (length > 0) {
            throw new WrongByteException("a word was cut off after " + new String(word, 0, length, US_ASCII));
        }
        byte wanted = expected.next();
        if (next != wanted) {
            throw new WrongByteException(
                    String.format("byte %d of the echo is 0x%02x and should be 0x%02x", heard, next, wanted));
        }
        heard++;
    }

    private void letter(byte next) throws WrongByteException {
        word[length++] = next;
        for (Word candidate : Word.values()) {
            if (begins(candidate.bytes)) {
                if (length == candidate.bytes.length) {
                    seen.merge(candidate, 1, Integer::sum);
                    length = 0;
                }
                return;
            }
        }
        throw new WrongByteException("no word of the server begins with " + new String(word, 0, length, US_ASCII)
                + ", after " + heard + " bytes of echo");
    }

    private boolean begins(byte[] candidate) {
        if (candidate.length < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (candidate[i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    /** The server sent what it should not have sent. */
    static final class WrongByteException extends Exception {
        private static final long serialVersionUID = 1;

        private WrongByteException(String message) {
            super(message);
        }
    }
}
