package io.edgewire.protocols.framing;

import java.nio.ByteBuffer;

/** Messages that are given in parts. */
final class Parts {
    private Parts() {}

    /** How many bytes a message has, if it is not too long. */
    static int size(ByteBuffer[] message, int maximum) {
        long size = 0;
        for (ByteBuffer part : message) {
            size += part.remaining();
        }
        if (size > maximum) {
            throw new IllegalArgumentException("the message has " + size + " bytes, but may have " + maximum);
        }
        return (int) size;
    }

    static ByteBuffer[] before(ByteBuffer header, ByteBuffer[] message) {
        ByteBuffer[] all = new ByteBuffer[message.length + 1];
        all[0] = header;
        System.arraycopy(message, 0, all, 1, message.length);
        return all;
    }

    /** One buffer with all bytes: the message itself where it has one part, otherwise a copy. */
    static ByteBuffer join(ByteBuffer[] message, int size) {
        return message.length == 1 ? message[0].duplicate() : copy(message, size);
    }

    /** A new buffer with all bytes; the parts are left as they are. */
    static ByteBuffer copy(ByteBuffer[] message, int size) {
        ByteBuffer whole = ByteBuffer.allocate(size);
        for (ByteBuffer part : message) {
            whole.put(part.duplicate());
        }
        return whole.flip();
    }

    /** Marks the parts as taken, if they were. */
    static boolean sent(boolean taken, ByteBuffer[] message) {
        if (taken) {
            for (ByteBuffer part : message) {
                part.position(part.limit());
            }
        }
        return taken;
    }
}
