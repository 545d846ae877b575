package io.edgewire.bench.framing;

/** Counts messages, and looks at the ends of each so that none can be left out. */
final class Sink {
    private long messages;
    private long sum;

    void take(int length, byte first, byte last) {
        messages++;
        sum = 31 * sum + length + first + last;
    }

    long messages() {
        return messages;
    }

    /** The same on both sides if they have heard the same. */
    long sum() {
        return sum;
    }

    void reset() {
        messages = 0;
        sum = 0;
    }
}
