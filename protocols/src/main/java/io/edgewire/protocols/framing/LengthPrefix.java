package io.edgewire.protocols.framing;

import io.edgewire.api.Connection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * A length before each message, in {@code size} bytes and unsigned. Start with {@link Framing#lengthPrefix} and change
 * what differs.
 *
 * <pre>
 *          ┌──────── header ────────┐
 *          ┌────────┬────────┬──────────────────┐
 *          │ offset │ length │ body             │
 *          └────────┴────────┴──────────────────┘
 *                            └ length+adjustment┘      the length counts the body
 *          └──────────── length+adjustment ─────┘      the length counts the header too
 * </pre>
 *
 * <p>The message is the body. With {@link #kept()} it is the whole frame: when one is sent, the bytes at the place of the
 * length are overwritten, whatever they are. A header with an offset is always kept, because its first bytes are the
 * handler's.
 *
 * @param size bytes of the length: 1, 2, 4 or 8
 * @param order of these bytes
 * @param offset bytes before the length, 0 to 255
 * @param adjustment added to the length that was read, -1024 to 1024: for bytes that it does not count, or counts too
 *     many
 * @param countsHeader whether the length counts offset and length themselves
 * @param strip whether messages are without the header; false with an offset
 * @param maximum bytes of a message, 1 or more
 */
public record LengthPrefix(
        int size, ByteOrder order, int offset, int adjustment, boolean countsHeader, boolean strip, int maximum)
        implements Framing {
    static final int MOST_OFFSET = 255;
    static final int MOST_ADJUSTMENT = 1024;
    /** So that a frame with its header is within an int. */
    static final int MOST_MAXIMUM = Integer.MAX_VALUE - 1024;

    /** Checks the ranges. */
    public LengthPrefix {
        Objects.requireNonNull(order, "order");
        Check.that(size == 1 || size == 2 || size == 4 || size == 8, "a length has 1, 2, 4 or 8 bytes, not " + size);
        Check.range(offset, 0, MOST_OFFSET, "offset");
        Check.range(adjustment, -MOST_ADJUSTMENT, MOST_ADJUSTMENT, "adjustment");
        Check.range(maximum, strip ? 1 : offset + size, MOST_MAXIMUM, "maximum");
        Check.that(
                offset == 0 || !strip,
                "the " + offset + " bytes before the length would be lost: with an offset messages keep their header");
    }

    static LengthPrefix of(int size) {
        return new LengthPrefix(size, ByteOrder.BIG_ENDIAN, 0, 0, false, true, DEFAULT_MAXIMUM);
    }

    /** The same with the lowest byte of the length first. */
    public LengthPrefix littleEndian() {
        return new LengthPrefix(size, ByteOrder.LITTLE_ENDIAN, offset, adjustment, countsHeader, strip, maximum);
    }

    /** The same with bytes of the handler's before the length, and messages that keep their header. */
    public LengthPrefix withOffset(int bytes) {
        return new LengthPrefix(size, order, bytes, adjustment, countsHeader, bytes == 0 && strip, maximum);
    }

    /** The same with bytes that the length does not count, or, below zero, counts too many. */
    public LengthPrefix withAdjustment(int bytes) {
        return new LengthPrefix(size, order, offset, bytes, countsHeader, strip, maximum);
    }

    /** The same with a length that counts the header too. */
    public LengthPrefix countingHeader() {
        return new LengthPrefix(size, order, offset, adjustment, true, strip, maximum);
    }

    /** The same with messages that keep their header. */
    public LengthPrefix kept() {
        return new LengthPrefix(size, order, offset, adjustment, countsHeader, false, maximum);
    }

    /** The same with another maximum, in bytes. */
    public LengthPrefix withMaximum(int bytes) {
        return new LengthPrefix(size, order, offset, adjustment, countsHeader, strip, bytes);
    }

    @Override
    public int longestFrame() {
        return strip ? maximum + header() : maximum;
    }

    @Override
    public int frameLength(ByteBuffer in, int seen) {
        if (in.remaining() < header()) {
            return 0;
        }
        long length = read(in, in.position() + offset);
        // As a signed number it may be negative; and beyond 2^62 nothing is added, so that no sum overflows.
        long frame = length < 0 || length > Long.MAX_VALUE / 2
                ? Long.MAX_VALUE
                : length + adjustment + (countsHeader ? 0 : header());
        if (frame < header()) {
            throw new FramingException("a length of " + length + ", which is less than the header");
        }
        if (frame > longestFrame()) {
            throw new FramingException(
                    "a length of " + Long.toUnsignedString(length) + ", but a message may have " + maximum + " bytes");
        }
        return (int) frame;
    }

    @Override
    public void unwrap(ByteBuffer frame) {
        if (strip) {
            frame.position(frame.position() + header());
        }
    }

    @Override
    public boolean send(Connection to, ByteBuffer... message) {
        int count = Parts.size(message, maximum);
        if (!strip && count < header()) {
            throw new IllegalArgumentException(
                    "the message has " + count + " bytes, but its header alone has " + header());
        }
        int frame = strip ? count + header() : count;
        long length = frame - adjustment - (countsHeader ? 0 : header());
        if (length < 0 || size < 8 && length >>> (8 * size) != 0) {
            throw new IllegalArgumentException(
                    "the message has " + count + " bytes, which a length of " + size + " bytes cannot tell");
        }
        if (strip) {
            ByteBuffer header = ByteBuffer.allocate(size);
            write(header, 0, length);
            return to.send(Parts.before(header, message));
        }
        ByteBuffer whole = Parts.copy(message, count);
        write(whole, offset, length);
        return Parts.sent(to.send(whole), message);
    }

    private int header() {
        return offset + size;
    }

    private long read(ByteBuffer in, int at) {
        if (size == 1) {
            return Byte.toUnsignedLong(in.get(at));
        }
        ByteOrder before = in.order();
        in.order(order);
        long length = switch (size) {
            case 2 -> Short.toUnsignedLong(in.getShort(at));
            case 4 -> Integer.toUnsignedLong(in.getInt(at));
            default -> in.getLong(at);
        };
        in.order(before);
        return length;
    }

    private void write(ByteBuffer out, int at, long length) {
        out.order(order);
        switch (size) {
            case 1 -> out.put(at, (byte) length);
            case 2 -> out.putShort(at, (short) length);
            case 4 -> out.putInt(at, (int) length);
            default -> out.putLong(at, length);
        }
    }
}
