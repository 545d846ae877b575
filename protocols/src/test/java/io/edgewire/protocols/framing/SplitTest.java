package io.edgewire.protocols.framing;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.testkit.Rule;
import io.edgewire.testkit.protocol.ScriptedConnection;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However a stream is cut into reads, the messages are the same. */
class SplitTest {
    private static final int EXHAUSTIVE = 13;
    private static final int RANDOM_RUNS = 500;

    @ParameterizedTest
    @MethodSource("io.edgewire.protocols.framing.Sample#all")
    @Rule("F-1")
    @Rule("F-3")
    void everyWayToCutAShortStreamGivesTheSameMessages(Sample sample) {
        byte[] stream = Arrays.copyOf(sample.bytes(), Math.min(EXHAUSTIVE, sample.bytes().length));
        List<String> whole = heard(sample, stream, 0);
        assertThat(whole).isEqualTo(sample.messages().subList(0, whole.size()));

        for (int cuts = 1; cuts < 1 << (stream.length - 1); cuts++) {
            assertThat(heard(sample, stream, cuts))
                    .as("cuts " + Integer.toBinaryString(cuts))
                    .isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("io.edgewire.protocols.framing.Sample#all")
    @Rule("F-3")
    void aLongStreamThatIsCutAtRandomGivesTheSameMessages(Sample sample) {
        long seed = Long.getLong("edgewire.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int run = 0; run < RANDOM_RUNS; run++) {
            int times = 1 + random.nextInt(20);
            byte[] stream = Messages.bytes(sample.stream().repeat(times));
            Messages messages = new Messages();
            ScriptedConnection connection = open(sample, messages);
            int longest = 1 + random.nextInt(2 * sample.bytes().length);
            for (int from = 0; from < stream.length; ) {
                int to = Math.min(stream.length, from + 1 + random.nextInt(longest));
                connection.deliver(Arrays.copyOfRange(stream, from, to));
                from = to;
            }
            connection.peerCloses();
            assertThat(String.join("|", messages.heard))
                    .as("seed " + seed)
                    .isEqualTo((String.join("|", sample.messages()) + "|").repeat(times) + "<end>|<PEER>");
        }
    }

    @ParameterizedTest
    @MethodSource("io.edgewire.protocols.framing.Sample#all")
    @Rule("F-2")
    void whatIsSentIsTheStream(Sample sample) {
        ScriptedConnection connection = open(sample, new Messages((messages, heard) -> {
            byte[] bytes = Messages.bytes(heard);
            int middle = bytes.length / 2;
            assertThat(messages.send(
                            ByteBuffer.wrap(bytes, 0, middle), ByteBuffer.wrap(bytes, middle, bytes.length - middle)))
                    .isTrue();
            assertThat(messages.send(ByteBuffer.wrap(bytes))).isTrue();
        }));

        connection.deliver(sample.bytes());

        StringBuilder twice = new StringBuilder();
        ScriptedConnection again = open(
                sample, new Messages((messages, heard) -> twice.append(heard).append('|')));
        again.deliver(connection.sent());
        StringBuilder wanted = new StringBuilder();
        sample.messages().forEach(message -> wanted.append((message + "|").repeat(2)));
        assertThat(connection.failure()).isEmpty();
        assertThat(twice.toString()).isEqualTo(wanted.toString());
        assertThat(connection.sent()).hasSize(2 * sample.bytes().length);
    }

    /** Where the bit of an index is set, a read ends after the byte with that index. */
    private static List<String> heard(Sample sample, byte[] stream, int cuts) {
        Messages messages = new Messages();
        ScriptedConnection connection = open(sample, messages);
        int from = 0;
        for (int i = 1; i <= stream.length; i++) {
            if (i == stream.length || (cuts >> (i - 1) & 1) == 1) {
                connection.deliver(Arrays.copyOfRange(stream, from, i));
                from = i;
            }
        }
        assertThat(connection.failure()).isEmpty();
        return messages.heard;
    }

    private static ScriptedConnection open(Sample sample, Messages messages) {
        ScriptedConnection connection = new ScriptedConnection(sample.framing().around(messages));
        connection.open();
        return connection;
    }
}
