package io.edgewire.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.protocols.HeartbeatOptions.Role;
import io.edgewire.testkit.Call;
import io.edgewire.testkit.ManualScheduler;
import io.edgewire.testkit.RecordingHandler;
import io.edgewire.testkit.Rule;
import io.edgewire.testkit.protocol.ScriptedConnection;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is asked, who is given up, and when: 15 seconds without jitter, three questions. */
class HeartbeatTest {
    private static final HeartbeatOptions ASK = HeartbeatOptions.DEFAULTS.withJitter(0);
    private static final Duration ALMOST = Duration.ofSeconds(15).minusNanos(1);
    private static final Duration MOMENT = Duration.ofNanos(1);
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final ManualScheduler scheduler = new ManualScheduler();
    private final RecordingHandler inner = new RecordingHandler().echo();

    @Test
    @Rule("H-1")
    void theHandlerInsideHearsEverythingThatIsNotTheHeartbeats() {
        ScriptedConnection connection = opened(ASK);
        connection.deliver("PING\n");
        connection.deliver("PONG\n");
        connection.deliver("data");
        connection.stopping();
        assertThat(inner.text()).isEqualTo("PING\nPONG\ndata");
        assertThat(inner.calls())
                .containsExactly(Call.OPEN, Call.BYTES, Call.BYTES, Call.BYTES, Call.STOPPING, Call.CLOSED);
        assertThat(inner.closed()).contains(CloseReason.LOCAL);
    }

    @Test
    @Rule("H-1")
    void theHandlerInsideHearsOfTheDrainedQueueAndTheFin() {
        ScriptedConnection connection = opened(ASK);
        connection.peerStopsReading();
        inner.connection().send("x".repeat(600_000));
        connection.peerReads();
        connection.peerCloses();
        assertThat(inner.calls()).containsExactly(Call.OPEN, Call.DRAINED, Call.PEER_CLOSED, Call.CLOSED);
    }

    @Test
    @Rule("H-1")
    void aConnectionThatNeverOpenedIsToldToTheHandlerInside() {
        new ScriptedConnection(heartbeat(ASK), scheduler).abort(CloseReason.UNREACHABLE);
        assertThat(inner.calls()).containsExactly(Call.CLOSED);
    }

    @Test
    @Rule("H-1")
    void theHandlerInsideUsesItsConnectionAsAnyOther() {
        ScriptedConnection connection = opened(ASK);
        inner.connection().after(Duration.ofSeconds(1), () -> inner.connection().send("later"));
        inner.connection().execute(() -> inner.connection().send("now "));
        assertThat(inner.connection().id()).isEqualTo(connection.id());
        assertThat(inner.connection().remote()).isEqualTo(connection.remote());
        assertThat(inner.connection().local()).isEqualTo(connection.local());
        assertThat(inner.connection().writable()).isTrue();
        connection.advance(Duration.ofSeconds(1));
        assertThat(connection.sentText()).isEqualTo("now later");
        inner.connection().abort(CloseReason.PROTOCOL_ERROR);
        assertThat(connection.closed()).contains(CloseReason.PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @EnumSource(names = {"ASK", "BOTH"})
    @Rule("H-2")
    void aSilentPeerIsAskedAfterTheInterval(Role role) {
        ScriptedConnection connection = opened(ASK.withRole(role));
        connection.advance(ALMOST);
        assertThat(connection.sentText()).isEmpty();
        connection.advance(MOMENT);
        assertThat(connection.sentText()).isEqualTo("PING\n");
    }

    @Test
    @Rule("H-2")
    void aPeerThatTalksIsNotAskedBeforeItHasBeenSilentForTheInterval() {
        ScriptedConnection connection = opened(ASK);
        for (int i = 0; i < 10; i++) {
            connection.advance(Duration.ofSeconds(10));
            connection.deliver("x");
        }
        connection.takeSentText();
        connection.advance(ALMOST);
        assertThat(connection.takeSentText()).isEmpty();
        connection.advance(MOMENT);
        assertThat(connection.takeSentText()).isEqualTo("PING\n");
    }

    @Test
    @Rule("H-2")
    void bytesDoNotTouchTheOneTimer() {
        ScriptedConnection connection = opened(ASK);
        for (int i = 0; i < 1000; i++) {
            connection.deliver("x");
        }
        assertThat(scheduler.waiting()).isEqualTo(1);
    }

    @Test
    @Rule("H-2")
    void jitterOnlyMakesTheIntervalShorterAndByItsPartAtMost() {
        boolean spread = false;
        for (int i = 0; i < 200; i++) {
            ScriptedConnection connection = opened(HeartbeatOptions.DEFAULTS);
            connection.advance(Duration.ofMillis(13_499));
            assertThat(connection.sentText()).isEmpty();
            connection.advance(Duration.ofMillis(750));
            boolean early = !connection.sentText().isEmpty();
            connection.advance(Duration.ofMillis(751));
            assertThat(connection.sentText()).isEqualTo("PING\n");
            spread |= early;
        }
        assertThat(spread).isTrue();
    }

    @Test
    @Rule("H-2")
    void whoOnlyAnswersAsksNobody() {
        ScriptedConnection connection = opened(ASK.withRole(Role.ANSWER));
        connection.advance(Duration.ofHours(1));
        assertThat(connection.sentText()).isEmpty();
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    @Rule("H-3")
    void anyByteSetsTheCountOfMissedAnswersToZero() {
        ScriptedConnection connection = opened(ASK);
        connection.advance(INTERVAL.multipliedBy(3));
        assertThat(connection.takeSentText()).isEqualTo("PING\nPING\nPING\n");
        connection.deliver("x");
        connection.advance(INTERVAL.multipliedBy(3));
        assertThat(connection.takeSentText()).isEqualTo("xPING\nPING\nPING\n");
        assertThat(connection.closed()).isEmpty();
    }

    @Test
    @Rule("H-5")
    void aPeerThatMissesThreeIsLostAfterFourIntervals() {
        ScriptedConnection connection = opened(ASK);
        connection.advance(INTERVAL.multipliedBy(4).minus(MOMENT));
        assertThat(connection.closed()).isEmpty();
        connection.advance(MOMENT);
        assertThat(connection.closed()).contains(CloseReason.HEARTBEAT_LOST);
        assertThat(connection.sentText()).isEqualTo("PING\nPING\nPING\n");
        assertThat(inner.closed()).contains(CloseReason.HEARTBEAT_LOST);
    }

    @Test
    @Rule("H-7")
    void aPauseStopsTheClockAndAFullIntervalFollowsIt() {
        ScriptedConnection connection = opened(ASK);
        connection.advance(Duration.ofSeconds(14));
        inner.connection().pauseReading();
        connection.advance(Duration.ofMinutes(7));
        inner.connection().resumeReading();
        connection.advance(ALMOST);
        assertThat(connection.sentText()).isEmpty();
        connection.advance(MOMENT);
        assertThat(connection.sentText()).isEqualTo("PING\n");
    }

    @Test
    @Rule("H-7")
    void aPauseThatFallsBetweenTwoLooksAtTheClockCountsToo() {
        ScriptedConnection connection = opened(ASK);
        connection.advance(Duration.ofSeconds(2));
        inner.connection().pauseReading();
        connection.advance(Duration.ofSeconds(8));
        inner.connection().resumeReading();
        connection.advance(ALMOST);
        assertThat(connection.sentText()).isEmpty();
        connection.advance(MOMENT);
        assertThat(connection.sentText()).isEqualTo("PING\n");
    }

    @Test
    @Rule("H-7")
    void resumingWhatWasNotPausedIsNoSignOfLife() {
        ScriptedConnection connection = opened(ASK);
        connection.advance(Duration.ofSeconds(10));
        inner.connection().resumeReading();
        connection.advance(Duration.ofSeconds(5));
        assertThat(connection.sentText()).isEqualTo("PING\n");
    }

    @Test
    @Rule("H-7")
    void whileThePeerTakesNothingItIsNotAsked() {
        ScriptedConnection connection = opened(ASK);
        connection.peerStopsReading();
        inner.connection().send("x".repeat(600_000));
        connection.advance(Duration.ofMinutes(5));
        assertThat(connection.closed()).isEmpty();
        connection.peerReads();
        connection.takeSentText();
        connection.advance(ALMOST);
        assertThat(connection.takeSentText()).isEmpty();
        connection.advance(MOMENT);
        assertThat(connection.takeSentText()).isEqualTo("PING\n");
    }

    @Test
    @Rule("H-7")
    void aFullIntervalFollowsAlsoAStopThatNoCheckHasSeen() {
        ScriptedConnection connection = opened(ASK);
        connection.advance(MOMENT);
        connection.peerStopsReading();
        inner.connection().send("x".repeat(600_000));
        connection.advance(ALMOST.minus(MOMENT));
        connection.peerReads();
        connection.takeSentText();
        connection.advance(ALMOST);
        assertThat(connection.takeSentText()).isEmpty();
        connection.advance(MOMENT);
        assertThat(connection.takeSentText()).isEqualTo("PING\n");
    }

    @Test
    @Rule("H-7")
    void afterThePeersFinNobodyIsAsked() {
        inner.whenPeerClosed(c -> {});
        ScriptedConnection connection = opened(ASK);
        connection.peerCloses();
        connection.advance(Duration.ofHours(1));
        assertThat(connection.sentText()).isEmpty();
        assertThat(connection.closed()).isEmpty();
    }

    @Test
    void aConnectionThatIsClosingIsNotGivenUpForSilence() {
        ScriptedConnection connection = opened(ASK);
        connection.peerStopsReading();
        inner.connection().send("last words");
        inner.connection().close();
        connection.advance(Duration.ofHours(1));
        assertThat(connection.closed()).isEmpty();
        connection.peerReads();
        assertThat(connection.closed()).contains(CloseReason.LOCAL);
    }

    private ProtocolHandler heartbeat(HeartbeatOptions options) {
        return new Heartbeat(inner, options, scheduler);
    }

    private ScriptedConnection opened(HeartbeatOptions options) {
        ScriptedConnection connection = new ScriptedConnection(heartbeat(options), scheduler);
        connection.open();
        return connection;
    }
}
