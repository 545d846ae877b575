package io.edgewire.bench.framing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.edgewire.protocols.framing.Framing;
import io.edgewire.protocols.framing.LengthPrefix;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DelimiterBasedFrameDecoder;
import io.netty.handler.codec.FixedLengthFrameDecoder;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.LineEncoder;
import io.netty.handler.codec.string.LineSeparator;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A framing and what in Netty makes and reads the same frames.
 *
 * @param decoder a new one
 * @param encoder the frame of a message; Netty has none for delimiters, fixed lengths and lengths that stand behind
 *     other bytes, which are put together in its buffers
 * @param header makes a message's header, where messages keep it, from the length of the whole
 * @param least bytes of a message, without a header that it keeps
 * @param most bytes of a message, without a header that it keeps
 */
record Pairing(
        String name,
        Framing framing,
        Supplier<ChannelHandler> decoder,
        Function<byte[], ByteBuf> encoder,
        Function<Integer, byte[]> header,
        int least,
        int most) {
    private static final int LONGEST = 3000;
    private static final int MAXIMUM = Framing.DEFAULT_MAXIMUM;
    private static final int ALPHABET = 26;
    static final int FIXED = 64;

    static Stream<Pairing> all() {
        byte[] zero = {0};
        byte[] crLf = "\r\n".getBytes(US_ASCII);
        return Stream.of(
                new Pairing(
                        "line",
                        Framing.line(),
                        () -> new LineBasedFrameDecoder(MAXIMUM),
                        message -> through(new LineEncoder(LineSeparator.UNIX), new String(message, US_ASCII))),
                new Pairing(
                        "line, CR LF",
                        Framing.line().sendingCrLf(),
                        () -> new LineBasedFrameDecoder(MAXIMUM),
                        message -> through(new LineEncoder(LineSeparator.WINDOWS), new String(message, US_ASCII))),
                delimiter("delimiter 00", zero),
                delimiter("delimiter 0d0a", crLf),
                new Pairing(
                        "fixed",
                        Framing.fixedLength(FIXED),
                        () -> new FixedLengthFrameDecoder(FIXED),
                        Unpooled::wrappedBuffer,
                        length -> new byte[0],
                        FIXED,
                        FIXED),
                length("length of 1", Framing.lengthPrefix(1), 250),
                length("length of 2", Framing.lengthPrefix(2), LONGEST),
                length("length of 4", Framing.lengthPrefix(4), LONGEST),
                length("length of 8", Framing.lengthPrefix(8), LONGEST),
                length("length of 4, little", Framing.lengthPrefix(4).littleEndian(), LONGEST),
                length("length of 2, counting header", Framing.lengthPrefix(2).countingHeader(), LONGEST),
                length("length of 2, adjusted by 3", Framing.lengthPrefix(2).withAdjustment(3), LONGEST),
                behindOneByte());
    }

    /** The pairing of messages that are without what marks them, and may be empty. */
    private Pairing(String name, Framing framing, Supplier<ChannelHandler> decoder, Function<byte[], ByteBuf> encoder) {
        this(name, framing, decoder, encoder, length -> new byte[0], 0, LONGEST);
    }

    private static Pairing delimiter(String name, byte[] bytes) {
        return new Pairing(
                name,
                Framing.delimiter(bytes),
                () -> new DelimiterBasedFrameDecoder(MAXIMUM, Unpooled.wrappedBuffer(bytes)),
                message -> Unpooled.wrappedBuffer(message, bytes));
    }

    private static Pairing length(String name, LengthPrefix ours, int most) {
        int size = ours.size();
        int adjustment = ours.adjustment() - (ours.countsHeader() ? size : 0);
        return new Pairing(
                name,
                ours,
                () -> new LengthFieldBasedFrameDecoder(ours.order(), MAXIMUM, 0, size, adjustment, size, true),
                message -> through(
                        new LengthFieldPrepender(ours.order(), size, -ours.adjustment(), ours.countsHeader()),
                        Unpooled.wrappedBuffer(message)),
                length -> new byte[0],
                Math.max(0, ours.adjustment()),
                most);
    }

    /** A byte, then a length that counts neither the header nor the first three bytes after it. */
    private static Pairing behindOneByte() {
        return new Pairing(
                "length of 2 behind a byte, adjusted by 3",
                Framing.lengthPrefix(2).withOffset(1).withAdjustment(3),
                () -> new LengthFieldBasedFrameDecoder(ByteOrder.BIG_ENDIAN, MAXIMUM, 1, 2, 3, 0, true),
                Unpooled::wrappedBuffer,
                length -> Unpooled.buffer(3)
                        .writeByte('T')
                        .writeShort(length - 3 - 3)
                        .array(),
                3,
                LONGEST);
    }

    /** A message of so many letters, which no framing takes for its own, behind its header if it keeps one. */
    byte[] message(Random random, int letters) {
        int headed = header.apply(0).length;
        byte[] message = new byte[headed + letters];
        for (int i = headed; i < message.length; i++) {
            message[i] = (byte) ('a' + random.nextInt(ALPHABET));
        }
        System.arraycopy(header.apply(message.length), 0, message, 0, headed);
        return message;
    }

    /** What an encoder of Netty's makes of a message. */
    private static ByteBuf through(ChannelHandler encoder, Object message) {
        EmbeddedChannel channel = new EmbeddedChannel(encoder);
        channel.writeOutbound(message);
        ByteBuf frame = Unpooled.buffer();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            frame.writeBytes(part);
            part.release();
        }
        return frame;
    }

    @Override
    public String toString() {
        return name;
    }
}
