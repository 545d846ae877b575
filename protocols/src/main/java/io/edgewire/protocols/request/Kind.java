package io.edgewire.protocols.request;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The kinds of messages and how they are written. */
enum Kind {
    REQUEST,
    REPLY,
    FAILURE,
    NOTICE;

    /** Bytes before the body. */
    static final int HEADER = 1 + Integer.BYTES;

    private static final Kind[] ALL = values();

    ByteBuffer message(int number, ByteBuffer body) {
        return ByteBuffer.allocate(HEADER + body.remaining())
                .put((byte) (ordinal() + 1))
                .putInt(number)
                .put(body)
                .flip();
    }

    /** The kind of a whole message, whose number and body are left to be read; or null if it is none. */
    static @Nullable Kind read(ByteBuffer message) {
        if (message.remaining() < HEADER) {
            return null;
        }
        int code = message.get();
        return code >= 1 && code <= ALL.length ? ALL[code - 1] : null;
    }
}
