package io.edgewire.bench.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** What every peer says, byte for byte what the tutorial's server does. */
final class Words {
    static final byte[] GREETING = "Hello!\n".getBytes(US_ASCII);
    static final byte[] PREFIX = "recv: ".getBytes(US_ASCII);
    private static final byte[] END = "end".getBytes(US_ASCII);

    private Words() {}

    /**
     * How much of the end word the stream ends with after one more byte: 3 once it is whole.
     *
     * @param matched how much it was before
     */
    static int advance(int matched, byte next) {
        if (next == END[matched]) {
            return matched + 1;
        }
        return next == END[0] ? 1 : 0;
    }

    static boolean isEnd(int matched) {
        return matched == END.length;
    }

    /** The line that the side which compares waits for. */
    static void ready(int port) {
        System.out.println("TCP server running on 127.0.0.1:" + port);
    }
}
