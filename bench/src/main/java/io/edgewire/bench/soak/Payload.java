package io.edgewire.bench.soak;

/**
 * The bytes of one conversation, from a seed: any from 0x80 up, so that none of the server's own words, which are
 * ASCII, can be mistaken for one. Two of the same seed give the same bytes: one to send, one to check.
 */
final class Payload {
    private long state;

    Payload(long seed) {
        state = seed == 0 ? 1 : seed;
    }

    byte next() {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        return (byte) (state >>> 32 | 0x80);
    }
}
