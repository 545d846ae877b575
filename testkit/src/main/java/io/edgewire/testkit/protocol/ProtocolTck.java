package io.edgewire.testkit.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.testkit.Rule;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The contract test of protocol handlers: P-3 to P-9 of {@code docs/spec/protocol.md}. Extend it and supply the handler
 * and examples of what it says:
 *
 * <pre>{@code
 * class UpperTckTest extends ProtocolTck {
 *     @Override
 *     protected ProtocolFactory protocol() {
 *         return Upper::new;
 *     }
 *
 *     @Override
 *     protected List<Conversation> conversations() {
 *         return List.of(Conversation.of("abc", "ABC"));
 *     }
 * }
 * }</pre>
 */
public abstract class ProtocolTck {
    private static final int RANDOM_RUNS = 300;
    private static final int LONGEST_NOISE = 4096;
    private static final int LARGE_READ = 16 * 1024;
    private static final int MUCH = 4 * 1024 * 1024;

    /** For subclasses. */
    protected ProtocolTck() {}

    /** A factory as a server would be given; asked for anew by each test. */
    protected abstract ProtocolFactory protocol();

    /** What it says, at least one example; those with several messages and partial ones test most. */
    protected abstract List<Conversation> conversations();

    /** How long a handler may take to end after the peer's FIN or on draining; 10 seconds. */
    protected Duration patience() {
        return Duration.ofSeconds(10);
    }

    /**
     * What of an output does not depend on how the input was cut into reads: all of it, unless the protocol is one that
     * answers reads instead of messages.
     *
     * @param output what the handler has sent
     */
    protected byte[] comparable(byte[] output) {
        return output;
    }

    @Test
    @Rule("P-3")
    void aStreamInOneReadIsAnswered() {
        forEach(conversation -> play(conversation, conversation.input().length));
    }

    @Test
    @Rule("P-3")
    void aStreamByteByByteIsAnsweredTheSame() {
        forEach(conversation -> play(conversation, 1));
    }

    @Test
    @Rule("P-3")
    void aStreamCutAtAnyPointIsAnsweredTheSame() {
        forEach(conversation -> {
            byte[] input = conversation.input();
            for (int cut = 1; cut < input.length; cut++) {
                ScriptedConnection connection = open();
                connection.deliver(Arrays.copyOf(input, cut));
                deliverRest(connection, input, cut);
                check(conversation, connection, "cut after " + cut + " bytes");
            }
        });
    }

    @Test
    @Rule("P-3")
    void aStreamCutAtRandomIsAnsweredTheSame() {
        long seed = seed();
        Random random = new Random(seed);
        forEach(conversation -> {
            for (int run = 0; run < RANDOM_RUNS / 10; run++) {
                byte[] input = conversation.input();
                ScriptedConnection connection = open();
                for (int from = 0; from < input.length; ) {
                    int to = Math.min(input.length, from + 1 + random.nextInt(7));
                    deliver(connection, Arrays.copyOfRange(input, from, to));
                    from = to;
                }
                check(conversation, connection, "seed " + seed);
            }
        });
    }

    @Test
    @Rule("P-4")
    void aBufferIsNotUsedAfterItsCall() {
        forEach(conversation -> {
            ScriptedConnection clobbering = new ScriptedConnection(protocol().newHandler());
            clobbering.open();
            ScriptedConnection gentle = open();
            for (byte b : conversation.input()) {
                clobbering.deliver(b);
                gentle.deliver(b);
            }
            assertThat(text(clobbering.sent()))
                    .as(conversation + ", byte by byte, with each buffer overwritten after its call")
                    .isEqualTo(text(gentle.sent()));
        });
    }

    @Test
    @Rule("P-5")
    void itEndsAfterThePeersFinAtAnyPoint() {
        forEachBeginning((connection, where) -> {
            connection.peerCloses();
            connection.advance(patience());
            assertThat(connection.closed()).as("FIN " + where).isPresent();
            assertThat(connection.failure()).as("FIN " + where).isEmpty();
        });
    }

    @Test
    @Rule("P-6")
    void itEndsOnDrainingAtAnyPoint() {
        forEachBeginning((connection, where) -> {
            connection.stopping();
            connection.advance(patience());
            assertThat(connection.closed()).as("draining " + where).isPresent();
            assertThat(connection.failure()).as("draining " + where).isEmpty();
        });
    }

    @Test
    @Rule("P-7")
    void twoConnectionsDoNotDisturbEachOther() {
        List<Conversation> all = conversations();
        for (Conversation first : all) {
            for (Conversation second : all) {
                ProtocolFactory factory = protocol();
                ScriptedConnection one = open(factory);
                ScriptedConnection two = open(factory);
                int longest = Math.max(first.input().length, second.input().length);
                for (int i = 0; i < longest; i++) {
                    deliverByte(one, first.input(), i);
                    deliverByte(two, second.input(), i);
                }
                assertThat(text(one.sent())).as(first + " beside " + second).isEqualTo(text(alone(first)));
                assertThat(text(two.sent())).as(second + " beside " + first).isEqualTo(text(alone(second)));
            }
        }
    }

    @Test
    @Rule("P-8")
    void itThrowsAtNoInput() {
        long seed = seed();
        Random random = new Random(seed);
        List<Conversation> all = conversations();
        for (int run = 0; run < RANDOM_RUNS; run++) {
            byte[] noise = run % 2 == 0
                    ? noise(random)
                    : damage(all.get(random.nextInt(all.size())).input(), random);
            ScriptedConnection connection = open();
            for (int from = 0; from < noise.length; ) {
                int to = Math.min(noise.length, from + 1 + random.nextInt(noise.length));
                deliver(connection, Arrays.copyOfRange(noise, from, to));
                from = to;
            }
            connection.peerCloses();
            connection.advance(patience());
            assertThat(connection.failure()).as("seed " + seed + ", run " + run).isEmpty();
        }
    }

    @Test
    @Rule("P-9")
    void itStaysWithinTheSendLimitWhenThePeerDoesNotRead() {
        forEach(conversation -> {
            ScriptedConnection connection = open();
            connection.peerStopsReading();
            byte[] read = repeated(conversation.input());
            for (int i = 0; i < MUCH / LARGE_READ && connection.reading(); i++) {
                deliver(connection, read);
            }
            connection.advance(Duration.ofHours(1));
            assertThat(connection.closed().filter(CloseReason.SLOW_PEER::equals))
                    .as(conversation + ", again and again to a peer that does not read")
                    .isEmpty();
            assertThat(connection.queued()).isLessThanOrEqualTo(ConnectionOptions.DEFAULTS.sendLimit());
        });
    }

    /** What is done to a connection that has seen the beginning of a conversation. */
    @FunctionalInterface
    private interface Ending {
        void apply(ScriptedConnection connection, String where);
    }

    private void forEach(Consumer<Conversation> test) {
        List<Conversation> all = conversations();
        assertThat(all).as("the examples").isNotEmpty();
        all.forEach(test);
    }

    private void forEachBeginning(Ending ending) {
        forEach(conversation -> {
            byte[] input = conversation.input();
            for (int length = 0; length <= input.length; length++) {
                ScriptedConnection connection = open();
                if (length > 0) {
                    connection.deliver(Arrays.copyOf(input, length));
                }
                ending.apply(connection, "after " + length + " bytes of " + conversation);
            }
        });
    }

    private void play(Conversation conversation, int step) {
        ScriptedConnection connection = open();
        byte[] input = conversation.input();
        for (int from = 0; from < input.length; from += step) {
            deliver(connection, Arrays.copyOfRange(input, from, Math.min(input.length, from + step)));
        }
        check(conversation, connection, "in reads of " + step);
    }

    private void check(Conversation conversation, ScriptedConnection connection, String how) {
        String what = conversation + ", " + how;
        assertThat(connection.failure()).as(what).isEmpty();
        assertThat(text(comparable(connection.sent()))).as(what).isEqualTo(text(comparable(conversation.output())));
        assertThat(connection.closed().isPresent())
                .as("closed: " + what)
                .isEqualTo(conversation.ending() == Conversation.Ending.CLOSES);
    }

    private byte[] alone(Conversation conversation) {
        ScriptedConnection connection = open();
        for (byte b : conversation.input()) {
            connection.deliver(b);
        }
        return connection.sent();
    }

    private ScriptedConnection open() {
        return open(protocol());
    }

    private ScriptedConnection open(ProtocolFactory factory) {
        ScriptedConnection connection = new ScriptedConnection(factory.newHandler()).withoutClobbering();
        connection.open();
        return connection;
    }

    private static void deliver(ScriptedConnection connection, byte[] bytes) {
        if (bytes.length > 0) {
            connection.deliver(bytes);
        }
    }

    private static void deliverRest(ScriptedConnection connection, byte[] input, int from) {
        deliver(connection, Arrays.copyOfRange(input, from, input.length));
    }

    private static void deliverByte(ScriptedConnection connection, byte[] input, int index) {
        if (index < input.length) {
            connection.deliver(input[index]);
        }
    }

    /** As often as it fits a large read. */
    private static byte[] repeated(byte[] input) {
        int times = input.length == 0 ? 0 : Math.max(1, LARGE_READ / input.length);
        ByteBuffer all = ByteBuffer.allocate(times * input.length);
        for (int i = 0; i < times; i++) {
            all.put(input);
        }
        return Arrays.copyOf(all.array(), Math.min(all.capacity(), ConnectionOptions.LARGEST_READ));
    }

    private static byte[] noise(Random random) {
        byte[] noise = new byte[1 + random.nextInt(LONGEST_NOISE)];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] damage(byte[] input, Random random) {
        byte[] damaged = Arrays.copyOf(input, input.length + 1 + random.nextInt(8));
        for (int i = 0; i < 3; i++) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return damaged;
    }

    /** One character a byte, so that a failure is readable and no byte is lost. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static long seed() {
        return Long.getLong("edgewire.seed", System.nanoTime());
    }
}
