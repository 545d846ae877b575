package io.edgewire.protocols.framing;

import io.edgewire.api.Connection;
import java.nio.ByteBuffer;

/**
 * Messages that all have the same length, and nothing between them.
 *
 * @param length of each message in bytes, 1 or more
 */
public record FixedLength(int length) implements Framing {
    /** Checks the range. */
    public FixedLength {
        Check.range(length, 1, Integer.MAX_VALUE, "length");
    }

    @Override
    public int maximum() {
        return length;
    }

    @Override
    public int longestFrame() {
        return length;
    }

    @Override
    public int frameLength(ByteBuffer in, int seen) {
        return length;
    }

    @Override
    public void unwrap(ByteBuffer frame) {
        // The frame is the message.
    }

    @Override
    public boolean send(Connection to, ByteBuffer... message) {
        int count = Parts.size(message, length);
        if (count < length) {
            throw new IllegalArgumentException("the message has " + count + " bytes, but all messages have " + length);
        }
        return to.send(message);
    }
}
