package io.edgewire.protocols.framing;

import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.ProtocolHandler;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How messages are marked in a stream of bytes, so that the receiver gets them as they were sent. Put one
 * {@link #around} any handler, on the server's side or the client's: each {@code onBytes} then brings one whole message,
 * and each {@code send} makes one. A peer that sends what is no frame, or a message that is too long, is closed with
 * {@link io.edgewire.api.CloseReason#PROTOCOL_ERROR}; so is one that closes within a message, which is never delivered.
 *
 * <pre>{@code
 * ProtocolFactory service = Framing.lengthPrefix(4).around(Service::new);
 * }</pre>
 *
 * <p>There are {@link #line}, {@link #delimiter}, {@link #fixedLength} and {@link #lengthPrefix}. Who needs another
 * implements this: a framing is a value without state, which all connections share.
 *
 * <p><b>Threads.</b> Any, several at once.
 *
 * <p><b>Failure.</b> {@link FramingException} for what the peer sends, {@link IllegalArgumentException} for what we do.
 *
 * <p><b>Rules.</b> F-1 to F-11.
 */
public interface Framing {
    /** The longest message that the framings accept unless told otherwise: 64 KiB. */
    int DEFAULT_MAXIMUM = 64 * 1024;

    /** The most bytes that a message may have, as the handler sees it; 1 or more. */
    int maximum();

    /** The most bytes that a whole frame may have, with all that marks it; what is kept of one stays below. */
    int longestFrame();

    /**
     * Tells how long the frame is that begins at the position of a buffer. Refuses as early as it can, so that no memory
     * is taken for what will be refused.
     *
     * @param in at least one byte, and maybe more than the frame; neither read nor moved by this
     * @param seen how many of these bytes were there when this was last asked about the same frame; 0 at first
     * @return the length of the whole frame, which may be more than is there yet; or 0 while that cannot be told
     * @throws FramingException if this is no frame, or one whose message is longer than the maximum
     */
    int frameLength(ByteBuffer in, int seen);

    /**
     * Narrows a whole frame to its message.
     *
     * @param frame position and limit are those of the frame, and then of the message
     * @throws FramingException if the message is not what it should be
     */
    void unwrap(ByteBuffer frame);

    /**
     * Frames a message and sends it by one {@code send}.
     *
     * @param to the stream
     * @param message the parts of the message
     * @return what {@code send} answered
     * @throws IllegalArgumentException if the message cannot be framed, or is longer than the maximum: nothing is sent
     */
    boolean send(Connection to, ByteBuffer... message);

    /** What a text is in bytes: UTF-8, unless the framing has a charset of its own. */
    default Charset charset() {
        return StandardCharsets.UTF_8;
    }

    /** The handler of one connection, from one that takes messages. */
    default ProtocolHandler around(ProtocolHandler messages) {
        return new FramedHandler(this, messages);
    }

    /** The handlers of connections, from those that take messages. */
    default ProtocolFactory around(ProtocolFactory messages) {
        return () -> around(messages.newHandler());
    }

    /**
     * A length before each message: big-endian, counting the message alone, and nothing else.
     *
     * @param bytes of the length: 1, 2, 4 or 8
     */
    static LengthPrefix lengthPrefix(int bytes) {
        return LengthPrefix.of(bytes);
    }

    /** The same number of bytes in each message, 1 or more. */
    static FixedLength fixedLength(int bytes) {
        return new FixedLength(bytes);
    }

    /** The same bytes after each message, 1 to 256. */
    static Delimiter delimiter(byte... delimiter) {
        return new Delimiter(delimiter, true, DEFAULT_MAXIMUM);
    }

    /** Lines in UTF-8 that end with LF; received ones may end with CR LF. */
    static Line line() {
        return new Line(StandardCharsets.UTF_8, false, true, DEFAULT_MAXIMUM);
    }
}
