package io.edgewire.protocols.framing;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolHandler;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into messages and gives them to a handler, one a call. A message that lies whole in the transport's
 * buffer is lent as it is; only the beginning of one is kept, and what follows the one at which the handler paused, or
 * after which the peer must first take what was answered.
 */
final class FramedHandler implements ProtocolHandler {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();
    /** How many bytes more are looked at, at least, where it is not known how many are missing. */
    private static final int LEAST_STEP = 64;

    private final Framing framing;
    private final ProtocolHandler inner;
    private final Pending pending = new Pending();
    private @Nullable FramedConnection framed;

    /** Of the frame under way: how many bytes were looked at, and how long it is, or 0. */
    private int seen;

    private int frameLength;
    /** How many of the last pending bytes came from the read that is being worked on. */
    private int borrowed;
    /** The peer broke the framing: nothing more is delivered. */
    private boolean broken;

    FramedHandler(Framing framing, ProtocolHandler inner) {
        this.framing = Objects.requireNonNull(framing, "framing");
        this.inner = Objects.requireNonNull(inner, "messages");
    }

    @Override
    public void onOpen(Connection connection) {
        inner.onOpen(framed(connection));
    }

    @Override
    public void onBytes(Connection connection, ByteBuffer in) {
        pump(framed(connection), in);
    }

    /** The peer has ended within a message: the handler may still answer the whole ones, and then closes. */
    @Override
    public void onPeerClosed(Connection connection) {
        FramedConnection messages = framed(connection);
        if (!pending.isEmpty()) {
            ByteBuffer begun = pending.bytes();
            messages.cutShort("the peer ended within a message, of which " + begun.remaining()
                    + (frameLength > 0 ? " of " + frameLength : "") + " bytes had come: "
                    + Excerpt.of(begun, begun.position()));
            pending.clear();
        }
        inner.onPeerClosed(messages);
    }

    @Override
    public void onDrained(Connection connection) {
        FramedConnection messages = framed(connection);
        inner.onDrained(messages);
        pump(messages, NOTHING);
    }

    @Override
    public void onStopping(Connection connection) {
        inner.onStopping(framed(connection));
    }

    @Override
    public void onClosed(Connection connection, CloseReason reason) {
        pending.clear();
        inner.onClosed(framed(connection), reason);
    }

    /** Delivers what waited for the end of a pause, before anything else comes; on the connection's thread. */
    void goOn() {
        FramedConnection messages = Objects.requireNonNull(framed, "nothing is pending before the first byte");
        messages.readOn();
        pump(messages, NOTHING);
    }

    /** Delivers messages as long as the handler takes them, and keeps the rest. */
    private void pump(FramedConnection messages, ByteBuffer in) {
        borrowed = 0;
        do {
            boolean delivered = true;
            while (delivered && !broken && messages.mayDeliver()) {
                delivered = next(messages, in);
            }
        } while (messages.waits(!broken && (in.hasRemaining() || !pending.isEmpty())));
        if (in.hasRemaining() && !broken) {
            pending.append(in, in.remaining(), 0);
        }
    }

    /** Delivers one message; false if none is whole, and then nothing is left in {@code in}. */
    private boolean next(FramedConnection messages, ByteBuffer in) {
        if (pending.isEmpty()) {
            if (in.hasRemaining() && deliver(messages, in)) {
                return true;
            }
            keepBeginning(in, in.remaining());
            return false;
        }
        while (!deliver(messages, pending.bytes())) {
            if (broken || !in.hasRemaining()) {
                return false;
            }
            int step = frameLength > 0 ? frameLength - pending.size() : Math.max(LEAST_STEP, pending.size());
            keepBeginning(in, Math.min(step, in.remaining()));
        }
        giveBack(in);
        return true;
    }

    private void keepBeginning(ByteBuffer in, int count) {
        if (count > 0 && !broken) {
            pending.append(in, count, frameLength > 0 ? frameLength : framing.longestFrame());
            borrowed += count;
        }
    }

    /** What was taken beyond the end of the message is in the read, too: there it need not be copied. */
    private void giveBack(ByteBuffer in) {
        int rest = pending.size();
        if (rest <= borrowed) {
            in.position(in.position() - rest);
            pending.clear();
            borrowed = 0;
        }
    }

    /** Delivers the message that begins at the position of a buffer that is not empty, if it is whole. */
    private boolean deliver(FramedConnection messages, ByteBuffer from) {
        int start = from.position();
        int limit = from.limit();
        int length;
        try {
            length = lengthOfWhole(from);
            if (length == 0) {
                return false;
            }
            from.limit(start + length);
            framing.unwrap(from);
        } catch (FramingException e) {
            from.limit(limit);
            broken = true;
            messages.close(CloseReason.PROTOCOL_ERROR, e.getMessage() + ": " + Excerpt.of(from, start + e.at()));
            pending.clear();
            return false;
        }
        inner.onBytes(messages, from);
        from.order(ByteOrder.BIG_ENDIAN).limit(limit).position(start + length);
        return true;
    }

    private int lengthOfWhole(ByteBuffer from) {
        int count = from.remaining();
        frameLength = framing.frameLength(from, seen);
        int most = framing.longestFrame();
        if (frameLength > most || frameLength == 0 && count >= most) {
            throw new FramingException("a frame of more than " + most + " bytes");
        }
        if (frameLength == 0 || frameLength > count) {
            seen = count;
            return 0;
        }
        int length = frameLength;
        seen = 0;
        frameLength = 0;
        return length;
    }

    private FramedConnection framed(Connection connection) {
        FramedConnection result = framed;
        if (result == null) {
            result = new FramedConnection(connection, framing, this::goOn);
            framed = result;
        }
        return result;
    }
}
