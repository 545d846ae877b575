package io.edgewire.protocols;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Recognises pings and pongs at the start of reads, also when a word is split over several. Bytes that may yet become
 * a word are held; as they are the beginning of a known word, a count of them is enough.
 */
final class SignalWords {
    /** What stands at the front of a read. */
    enum Front {
        /** The peer's question, taken off. */
        PING,
        /** The peer's answer, taken off. */
        PONG,
        /** The beginning of one, taken off and held. */
        BEGINNING,
        /** Neither: the bytes, after those that are held, are the handler's. */
        DATA
    }

    private final byte[] ping;
    private final byte[] pong;
    /** The word of which a beginning is held; which of the two does not matter while both begin alike. */
    private byte[] heldOf;
    /** How many bytes of it. */
    private int held;

    /**
     * The words of a connection.
     *
     * @param messages whether each word is a message, which needs no line end of its own
     */
    SignalWords(HeartbeatOptions options, boolean messages) {
        this.ping = LineEnd.cut(options.ping(), messages).getBytes(StandardCharsets.UTF_8);
        this.pong = LineEnd.cut(options.pong(), messages).getBytes(StandardCharsets.UTF_8);
        this.heldOf = this.ping;
    }

    /** The question, to be sent or compared. */
    ByteBuffer ping() {
        return ByteBuffer.wrap(ping);
    }

    /** The answer, to be sent or compared. */
    ByteBuffer pong() {
        return ByteBuffer.wrap(pong);
    }

    boolean isHolding() {
        return held > 0;
    }

    /** Looks at the front of a read that is not empty, and takes off what it recognises. */
    Front take(ByteBuffer in, boolean pingExpected, boolean pongExpected) {
        boolean maybePing = pingExpected && matches(ping, in);
        boolean maybePong = pongExpected && matches(pong, in);
        if (maybePing && isWhole(ping, in)) {
            consume(ping, in);
            return Front.PING;
        }
        if (maybePong && isWhole(pong, in)) {
            consume(pong, in);
            return Front.PONG;
        }
        if (!maybePing && !maybePong) {
            return Front.DATA;
        }
        heldOf = maybePing ? ping : pong;
        held += in.remaining();
        in.position(in.limit());
        return Front.BEGINNING;
    }

    /** What is held and then the read, as one; nothing is held afterwards. Copies only where something was held. */
    ByteBuffer release(ByteBuffer in) {
        if (held == 0) {
            return in;
        }
        ByteBuffer whole = ByteBuffer.allocate(held + in.remaining());
        whole.put(heldOf, 0, held).put(in).flip();
        held = 0;
        return whole.asReadOnlyBuffer();
    }

    private boolean isWhole(byte[] word, ByteBuffer in) {
        return held + in.remaining() >= word.length;
    }

    private void consume(byte[] word, ByteBuffer in) {
        in.position(in.position() + word.length - held);
        held = 0;
    }

    /** Whether held and new bytes are the word, begin it or begin with it. */
    private boolean matches(byte[] word, ByteBuffer in) {
        if (held >= word.length || !Arrays.equals(heldOf, 0, held, word, 0, held)) {
            return false;
        }
        int length = Math.min(in.remaining(), word.length - held);
        for (int i = 0; i < length; i++) {
            if (in.get(in.position() + i) != word[held + i]) {
                return false;
            }
        }
        return true;
    }
}
