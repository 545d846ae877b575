package io.edgewire.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.edgewire.protocols.HeartbeatOptions.Role;
import io.edgewire.testkit.ManualScheduler;
import io.edgewire.testkit.RecordingHandler;
import io.edgewire.testkit.Rule;
import io.edgewire.testkit.protocol.ScriptedConnection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which bytes the heartbeat takes away, and which it must not touch. */
class HeartbeatWordsTest {
    private static final HeartbeatOptions ASK = HeartbeatOptions.DEFAULTS.withJitter(0);
    private static final HeartbeatOptions ANSWER = ASK.withRole(Role.ANSWER);
    private static final HeartbeatOptions BOTH = ASK.withRole(Role.BOTH);
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final ManualScheduler scheduler = new ManualScheduler();
    private final RecordingHandler inner = new RecordingHandler();
    private final RoundTrips roundTrips = new RoundTrips();

    @Test
    @Rule("H-4")
    void theAnswerIsConsumedHoweverItIsCut() {
        String stream = "PONG\nabc";
        for (int first = 1; first <= stream.length(); first++) {
            for (int second = first; second <= stream.length(); second++) {
                RecordingHandler handler = new RecordingHandler();
                ScriptedConnection connection = opened(handler, ASK);
                connection.advance(INTERVAL);
                deliver(
                        connection,
                        stream.substring(0, first),
                        stream.substring(first, second),
                        stream.substring(second));
                assertThat(handler.text()).as("%d, %d", first, second).isEqualTo("abc");
            }
        }
    }

    @Test
    @Rule("H-4")
    void eachAnswerToSeveralQuestionsIsConsumedAndNoneMore() {
        ScriptedConnection connection = opened(inner, ASK);
        connection.advance(INTERVAL.multipliedBy(2));
        connection.deliver("PONG\nPONG\nPONG\n");
        assertThat(inner.text()).isEqualTo("PONG\n");
    }

    @Test
    @Rule("H-4")
    void anAnswerThatComesBehindDataIsStillConsumed() {
        ScriptedConnection connection = opened(inner, ASK);
        connection.advance(INTERVAL);
        connection.deliver("data");
        connection.deliver("PONG\n");
        assertThat(inner.text()).isEqualTo("data");
    }

    @Test
    @Rule("H-4")
    void whoWasNotAskedMaySayPong() {
        ScriptedConnection connection = opened(inner, ASK);
        connection.deliver("PONG\n");
        assertThat(inner.text()).isEqualTo("PONG\n");
    }

    @Test
    @Rule("H-4")
    void roundTripsAreTimed() {
        ScriptedConnection connection = opened(inner, ASK);
        assertThat(roundTrips.summary()).isEqualTo(summary(0, 0, 0, 0, 0));
        for (int millis : List.of(40, 10, 70)) {
            connection.advance(INTERVAL);
            connection.advance(Duration.ofMillis(millis));
            connection.deliver("PONG\n");
        }
        assertThat(roundTrips.summary()).isEqualTo(summary(3, 70, 10, 70, 40));
    }

    @Test
    @Rule("H-4")
    void anAnswerToOneOfSeveralQuestionsIsNotTimedBecauseItIsNotKnownToWhich() {
        ScriptedConnection connection = opened(inner, ASK);
        connection.advance(INTERVAL.multipliedBy(2));
        connection.deliver("PONG\n");
        assertThat(roundTrips.summary().count()).isZero();
        connection.advance(Duration.ofMillis(5));
        connection.deliver("PONG\n");
        assertThat(roundTrips.summary()).isEqualTo(summary(1, 5, 5, 5, 5));
    }

    @Test
    @Rule("H-6")
    void theQuestionIsConsumedAndAnsweredHoweverItIsCut() {
        String stream = "PING\nabc";
        for (HeartbeatOptions options : List.of(ANSWER, BOTH)) {
            for (int first = 1; first <= stream.length(); first++) {
                for (int second = first; second <= stream.length(); second++) {
                    RecordingHandler handler = new RecordingHandler();
                    ScriptedConnection connection = opened(handler, options);
                    deliver(
                            connection,
                            stream.substring(0, first),
                            stream.substring(first, second),
                            stream.substring(second));
                    assertThat(handler.text()).as("%d, %d", first, second).isEqualTo("abc");
                    assertThat(connection.sentText()).isEqualTo("PONG\n");
                }
            }
        }
    }

    @Test
    @Rule("H-6")
    void whoDoesBothTellsQuestionAndAnswerApartThoughTheyBeginAlike() {
        ScriptedConnection connection = opened(inner, BOTH);
        connection.advance(INTERVAL);
        connection.takeSentText();
        deliver(connection, "P", "O", "NG\nPI", "NG\n");
        assertThat(connection.takeSentText()).isEqualTo("PONG\n");
        assertThat(roundTrips.summary().count()).isEqualTo(1);
        assertThat(inner.reads()).isEmpty();
    }

    @Test
    @Rule("H-6")
    void aQuestionBehindDataIsData() {
        ScriptedConnection connection = opened(inner, ANSWER);
        connection.deliver("xPING\n");
        assertThat(inner.text()).isEqualTo("xPING\n");
        assertThat(connection.sentText()).isEmpty();
    }

    @Test
    @Rule("H-8")
    void whatOnlyBeganLikeAWordArrivesWholeHoweverItIsCut() {
        for (String stream : List.of("PINT", "PONG!", "PPING\n", "PIPING\n", "PING", "PONG", "PO")) {
            for (int first = 1; first <= stream.length(); first++) {
                for (int second = first; second <= stream.length(); second++) {
                    RecordingHandler handler = new RecordingHandler();
                    ScriptedConnection connection = opened(handler, ANSWER);
                    deliver(
                            connection,
                            stream.substring(0, first),
                            stream.substring(first, second),
                            stream.substring(second));
                    connection.peerCloses();
                    assertThat(handler.text())
                            .as("%s cut at %d, %d", stream, first, second)
                            .isEqualTo(stream);
                    assertThat(connection.sent()).isEmpty();
                }
            }
        }
    }

    @Test
    @Rule("H-8")
    void theBeginningAndWhatRefutesItAreOneRead() {
        ScriptedConnection connection = opened(inner, ANSWER);
        deliver(connection, "PIN", "T of beer");
        assertThat(inner.text()).isEqualTo("PINT of beer");
        assertThat(inner.reads()).containsExactly(12);
    }

    @Test
    @Rule("H-8")
    void aBeginningIsHeldForTwoSecondsAndThenGivenOn() {
        ScriptedConnection connection = opened(inner, ANSWER);
        connection.deliver("PI");
        connection.advance(Heartbeat.HOLD.minusNanos(1));
        assertThat(inner.text()).isEmpty();
        connection.advance(Duration.ofNanos(1));
        assertThat(inner.text()).isEqualTo("PI");
        connection.deliver("NG\n");
        assertThat(inner.text()).isEqualTo("PING\n");
        assertThat(connection.sentText()).isEmpty();
    }

    @Test
    @Rule("H-8")
    void eachBeginningIsHeldForTwoSecondsOfItsOwn() {
        ScriptedConnection connection = opened(inner, ANSWER);
        connection.deliver("PI");
        connection.advance(Duration.ofMillis(1900));
        connection.deliver("NG\nPI");
        connection.advance(Duration.ofMillis(1900));
        connection.deliver("NG\n");
        assertThat(inner.reads()).isEmpty();
        assertThat(connection.sentText()).isEqualTo("PONG\nPONG\n");
    }

    @Test
    @Rule("H-8")
    void whatIsHeldIsNotGivenToAHandlerThatHasPaused() {
        ScriptedConnection connection = opened(inner, ANSWER);
        connection.deliver("PI");
        inner.connection().pauseReading();
        connection.advance(Duration.ofMinutes(1));
        assertThat(inner.text()).isEmpty();
        inner.connection().resumeReading();
        connection.advance(Heartbeat.HOLD);
        assertThat(inner.text()).isEqualTo("PI");
    }

    @Test
    @Rule("H-8")
    void whatIsHeldIsGivenOnBeforeTheDrain() {
        ScriptedConnection connection = opened(inner, ANSWER);
        connection.deliver("PING");
        connection.stopping();
        assertThat(inner.text()).isEqualTo("PING");
    }

    @Test
    void itsWordsAreConfigured() {
        ScriptedConnection connection = opened(inner, BOTH.withWords("\u0001", "\u0002"));
        connection.deliver((byte) 1, (byte) 'x');
        connection.advance(INTERVAL);
        connection.deliver((byte) 2, (byte) 'y');
        assertThat(connection.sent()).containsExactly(2, 1);
        assertThat(inner.text()).isEqualTo("xy");
    }

    @Test
    @Rule("H-8")
    void moreOfOneWordMayBeHeldThanTheOtherIsLong() {
        ScriptedConnection connection = opened(inner, BOTH.withWords("question\n", "q!"));
        connection.advance(INTERVAL);
        connection.takeSentText();
        deliver(connection, "ques", "tion\n", "q!", "x");
        assertThat(connection.takeSentText()).isEqualTo("q!");
        assertThat(inner.text()).isEqualTo("x");
    }

    @Test
    void optionsThatCannotWorkAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ASK.withWords("PING", "PING\n"));
        assertThatIllegalArgumentException().isThrownBy(() -> ASK.withWords("", "PONG"));
        assertThatIllegalArgumentException().isThrownBy(() -> ASK.withWords("PING", "x".repeat(257)));
        assertThatIllegalArgumentException().isThrownBy(() -> ASK.withInterval(Duration.ofMillis(9)));
        assertThatIllegalArgumentException().isThrownBy(() -> ASK.withInterval(Duration.ofHours(25)));
        assertThatIllegalArgumentException().isThrownBy(() -> ASK.withJitter(0.6));
        assertThatIllegalArgumentException().isThrownBy(() -> ASK.withJitter(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> ASK.withMaxMissed(0));
    }

    private ScriptedConnection opened(RecordingHandler handler, HeartbeatOptions options) {
        ScriptedConnection connection =
                new ScriptedConnection(new Heartbeat(handler, options, scheduler, roundTrips), scheduler);
        connection.open();
        return connection;
    }

    private static void deliver(ScriptedConnection connection, String... reads) {
        for (String read : reads) {
            if (!read.isEmpty()) {
                connection.deliver(read);
            }
        }
    }

    private static RoundTrips.Summary summary(long count, int last, int min, int max, int mean) {
        return new RoundTrips.Summary(
                count,
                Duration.ofMillis(last),
                Duration.ofMillis(min),
                Duration.ofMillis(max),
                Duration.ofMillis(mean));
    }
}
