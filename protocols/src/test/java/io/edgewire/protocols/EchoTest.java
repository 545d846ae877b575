package io.edgewire.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.edgewire.api.CloseReason;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.testkit.ManualScheduler;
import io.edgewire.testkit.Rule;
import io.edgewire.testkit.protocol.ScriptedConnection;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EchoTest {
    private static final EchoOptions CANAAN =
            EchoOptions.DEFAULTS.withGreeting("\nHello #%d from k230 canmv MicroPython!\n");

    @Test
    @Rule("E-1")
    @Rule("E-2")
    @Rule("E-3")
    void itSaysTheTutorialsBytesAndNoOthers() {
        ScriptedConnection connection = opened(new Echo());
        assertThat(connection.takeSentText()).isEqualTo("Hello!\n");
        connection.deliver("hello\n");
        assertThat(connection.takeSentText()).isEqualTo("recv: hello\n");
        connection.deliver("the end");
        assertThat(connection.takeSentText()).isEqualTo("recv: the end");
        assertThat(connection.closed()).contains(CloseReason.LOCAL);
    }

    @Test
    @Rule("E-1")
    void canaansGreetingCountsTheClients() {
        ProtocolFactory canaan = Echo.factory(CANAAN);
        for (long number = 1; number <= 3; number++) {
            ScriptedConnection connection = new ScriptedConnection(
                    canaan.newHandler(), new ManualScheduler(), ConnectionOptions.DEFAULTS, number);
            connection.open();
            assertThat(connection.sentText()).isEqualTo("\nHello #" + number + " from k230 canmv MicroPython!\n");
        }
    }

    @Test
    @Rule("E-2")
    void anyByteComesBackAsItWas() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        ScriptedConnection connection = opened(new Echo(EchoOptions.RFC_862));
        connection.deliver(all);
        assertThat(connection.sent()).isEqualTo(all);
    }

    @Test
    @Rule("E-2")
    void eachReadHasAPrefixOfItsOwn() {
        ScriptedConnection connection = opened(new Echo());
        connection.takeSentText();
        connection.deliver("a");
        connection.deliver("b");
        connection.deliver("c");
        assertThat(connection.takeSentText()).isEqualTo("recv: arecv: brecv: c");
    }

    @Test
    @Rule("E-3")
    void theEndWordIsFoundHoweverItIsCut() {
        String stream = "bend eenend!";
        for (int first = 1; first < stream.length(); first++) {
            for (int second = first; second < stream.length(); second++) {
                ScriptedConnection connection = opened(new Echo(EchoOptions.RFC_862.withEnd("eend")));
                deliver(connection, stream.substring(0, first));
                deliver(connection, stream.substring(first, second));
                deliver(connection, stream.substring(second));
                assertThat(connection.closing()).as("%d, %d", first, second).isFalse();
                deliver(connection, "een");
                deliver(connection, "d");
                assertThat(connection.closed()).as("%d, %d", first, second).contains(CloseReason.LOCAL);
                assertThat(connection.sentText()).isEqualTo(stream + "eend");
            }
        }
    }

    @ParameterizedTest
    @Rule("E-3")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theEndWordIsFoundExactlyWhereItIs(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            String word = letters(random, 1 + random.nextInt(5));
            String stream = letters(random, 40);
            ScriptedConnection connection = opened(new Echo(EchoOptions.RFC_862.withEnd(word)));
            StringBuilder expected = new StringBuilder();
            for (int from = 0; from < stream.length(); ) {
                int to = Math.min(stream.length(), from + 1 + random.nextInt(4));
                if (!expected.toString().contains(word)) {
                    expected.append(stream, from, to);
                }
                connection.deliver(stream.substring(from, to));
                from = to;
            }
            assertThat(connection.sentText())
                    .as("seed %d, round %d, %s in %s", seed, round, word, stream)
                    .isEqualTo(expected.toString());
            assertThat(connection.closed().isPresent()).isEqualTo(stream.contains(word));
        }
    }

    @Test
    @Rule("E-3")
    void whatFollowsTheEndWordInItsReadIsAnsweredAndLaterBytesAreNot() {
        ScriptedConnection connection = opened(new Echo());
        connection.takeSentText();
        connection.deliver("x end y");
        connection.deliver("z");
        assertThat(connection.takeSentText()).isEqualTo("recv: x end y");
    }

    @Test
    @Rule("E-4")
    void withNothingConfiguredItIsRfc862() {
        ScriptedConnection connection = opened(new Echo(EchoOptions.RFC_862));
        assertThat(connection.sent()).isEmpty();
        connection.deliver("the end");
        connection.deliver("and on");
        assertThat(connection.sentText()).isEqualTo("the endand on");
        assertThat(connection.closing()).isFalse();
    }

    @Test
    @Rule("E-4")
    void thePrefixAloneMayBeEmpty() {
        ScriptedConnection connection = opened(new Echo(EchoOptions.DEFAULTS.withPrefix("")));
        connection.deliver("abc");
        assertThat(connection.sentText()).isEqualTo("Hello!\nabc");
    }

    @Test
    @Rule("E-5")
    void onThePeersFinItClosesOnlyWhenItsAnswersHaveLeft() {
        ScriptedConnection connection = opened(new Echo());
        connection.peerStopsReading();
        connection.deliver("late");
        connection.peerCloses();
        assertThat(connection.closed()).isEmpty();
        connection.peerReads();
        assertThat(connection.sentText()).isEqualTo("Hello!\nrecv: late");
        assertThat(connection.closed()).contains(CloseReason.PEER);
    }

    @Test
    @Rule("P-7")
    void connectionsOfOneFactoryDoNotShareTheirPlaceInTheEndWord() {
        ProtocolFactory echo = Echo.factory(EchoOptions.DEFAULTS);
        ScriptedConnection one = opened(echo.newHandler());
        ScriptedConnection other = opened(echo.newHandler());
        one.deliver("en");
        other.deliver("d");
        assertThat(other.closing()).isFalse();
        one.deliver("d");
        assertThat(one.closing()).isTrue();
    }

    @Test
    void wordsThatAreTooLongAreRefusedWithTheirLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EchoOptions.DEFAULTS.withEnd("é".repeat(129)))
                .withMessage("end has 258 bytes in UTF-8, but may have 256 at most");
        assertThatIllegalArgumentException().isThrownBy(() -> EchoOptions.DEFAULTS.withGreeting("x".repeat(4097)));
        assertThatIllegalArgumentException().isThrownBy(() -> EchoOptions.DEFAULTS.withPrefix("x".repeat(1025)));
    }

    @Test
    void chineseWordsGoOutInUtf8() {
        ScriptedConnection connection = opened(new Echo(new EchoOptions("你好", "", "完")));
        assertThat(connection.sent()).isEqualTo("你好".getBytes(StandardCharsets.UTF_8));
        byte[] end = "完".getBytes(StandardCharsets.UTF_8);
        connection.deliver(end[0]);
        connection.deliver(end[1], end[2]);
        assertThat(connection.closed()).contains(CloseReason.LOCAL);
    }

    private static ScriptedConnection opened(ProtocolHandler handler) {
        ScriptedConnection connection = new ScriptedConnection(handler);
        connection.open();
        return connection;
    }

    private static void deliver(ScriptedConnection connection, String text) {
        if (!text.isEmpty()) {
            connection.deliver(text);
        }
    }

    /** Of two letters only, so that words overlap with themselves. */
    private static String letters(Random random, int length) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < length; i++) {
            letters.append(random.nextBoolean() ? 'a' : 'b');
        }
        return letters.toString();
    }
}
