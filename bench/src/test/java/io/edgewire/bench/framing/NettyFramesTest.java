package io.edgewire.bench.framing;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.testkit.protocol.ScriptedConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames that we make and Netty reads, and the other way round, in reads of any length. */
class NettyFramesTest {
    private static final int MESSAGES = 40;
    private static final int LONGEST_READ = 200;

    private final long seed = Long.getLong("edgewire.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @ParameterizedTest
    @MethodSource("io.edgewire.bench.framing.Pairing#all")
    void nettyReadsWhatWeSend(Pairing pairing) {
        List<byte[]> messages = messages(pairing);
        ScriptedConnection connection = new ScriptedConnection(pairing.framing().around((stream, in) -> {
            in.position(in.limit());
            messages.forEach(message -> stream.send(ByteBuffer.wrap(message.clone())));
        }));
        connection.open();
        connection.deliver(frame(pairing, messages.get(0)));

        EmbeddedChannel netty = new EmbeddedChannel(pairing.decoder().get());
        inPieces(connection.sent(), piece -> netty.writeInbound(Unpooled.wrappedBuffer(piece)));

        List<String> heard = new ArrayList<>();
        for (ByteBuf message = netty.readInbound(); message != null; message = netty.readInbound()) {
            heard.add(message.toString(StandardCharsets.ISO_8859_1));
            message.release();
        }
        assertThat(heard).as("seed " + seed).isEqualTo(texts(messages));
        assertThat(netty.finish()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("io.edgewire.bench.framing.Pairing#all")
    void weReadWhatNettySends(Pairing pairing) {
        List<byte[]> messages = messages(pairing);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        messages.forEach(message -> sent.writeBytes(frame(pairing, message)));

        List<String> heard = new ArrayList<>();
        ScriptedConnection connection = new ScriptedConnection(pairing.framing()
                .around((stream, in) ->
                        heard.add(StandardCharsets.ISO_8859_1.decode(in).toString())));
        connection.open();
        inPieces(sent.toByteArray(), connection::deliver);

        assertThat(heard).as("seed " + seed).isEqualTo(texts(messages));
        assertThat(connection.detail()).isEmpty();
    }

    private List<byte[]> messages(Pairing pairing) {
        List<byte[]> messages = new ArrayList<>();
        messages.add(pairing.message(random, pairing.least()));
        messages.add(pairing.message(random, pairing.most()));
        while (messages.size() < MESSAGES) {
            messages.add(
                    pairing.message(random, pairing.least() + random.nextInt(pairing.most() - pairing.least() + 1)));
        }
        return messages;
    }

    private static byte[] frame(Pairing pairing, byte[] message) {
        return ByteBufUtil.getBytes(pairing.encoder().apply(message));
    }

    private void inPieces(byte[] stream, Consumer<byte[]> reader) {
        for (int from = 0; from < stream.length; ) {
            int to = Math.min(stream.length, from + 1 + random.nextInt(LONGEST_READ));
            reader.accept(Arrays.copyOfRange(stream, from, to));
            from = to;
        }
    }

    private static List<String> texts(List<byte[]> messages) {
        return messages.stream()
                .map(message -> new String(message, StandardCharsets.ISO_8859_1))
                .toList();
    }
}
