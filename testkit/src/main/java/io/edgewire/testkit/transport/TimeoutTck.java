package io.edgewire.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ConnectionTimeouts;
import io.edgewire.api.Timer;
import io.edgewire.testkit.Call;
import io.edgewire.testkit.RecordingHandler;
import io.edgewire.testkit.Rule;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Timers and timeouts, all in manual time: C-15 to C-19. */
public abstract class TimeoutTck extends TransportFixture {
    private static final ConnectionTimeouts NO_LIMITS = ConnectionTimeouts.DEFAULTS;
    private static final Duration TEN = Duration.ofSeconds(10);
    private static final Duration NINE = Duration.ofSeconds(9);
    private static final Duration ONE = Duration.ofSeconds(1);
    private static final Duration TICK = Duration.ofNanos(1);

    /** For subclasses. */
    protected TimeoutTck() {}

    /** What a connection may wait for too long. */
    enum Wait {
        FIRST_BYTE,
        IDLE,
        WRITE,
        LIFETIME
    }

    @Test
    @Rule("C-15")
    void aTimerRunsOnceAndNotEarly() {
        Session session = serve(handler -> {});
        AtomicInteger runs = new AtomicInteger();
        session.connection().after(TEN, runs::incrementAndGet);

        advance(TEN.minus(TICK));
        settle(session.connection());
        assertThat(runs).hasValue(0);

        advance(TICK);
        await.until("the timer runs", () -> runs.get() == 1);
        advance(Duration.ofHours(1));
        settle(session.connection());
        assertThat(runs).hasValue(1);
    }

    @Test
    @Rule("C-15")
    void timersRunInTheOrderOfTheirDueTimes() {
        Session session = serve(handler -> {});
        List<Integer> order = new CopyOnWriteArrayList<>();
        for (int second : List.of(30, 10, 50, 20, 40)) {
            session.connection().after(Duration.ofSeconds(second), () -> order.add(second));
        }

        advance(Duration.ofMinutes(1));
        await.until("all timers have run", () -> order.size() == 5);

        assertThat(order).containsExactly(10, 20, 30, 40, 50);
    }

    @Test
    @Rule("C-15")
    void aTimerCancelledInACallbackDoesNotRun() {
        List<String> ran = new CopyOnWriteArrayList<>();
        List<Boolean> cancelled = new CopyOnWriteArrayList<>();
        List<Timer> timer = new ArrayList<>();
        Session session = serve(handler -> handler.whenOpen(connection -> {
                    connection.after(ONE, () -> cancelled.add(timer.get(0).cancel()));
                    timer.add(connection.after(ONE.plus(TICK), () -> ran.add("cancelled")));
                    connection.after(TEN, () -> ran.add("last"));
                })
                .echo());

        advance(Duration.ofHours(1));
        await.until("the last timer runs", () -> ran.contains("last"));

        assertThat(ran).containsExactly("last");
        assertThat(cancelled).containsExactly(true);
        assertThat(timer.get(0).cancel()).isFalse();
        assertEchoes(session);
    }

    @Test
    @Rule("C-15")
    void noTimerRunsAfterOnClosed() {
        Session session = serve(handler -> {});
        AtomicInteger runs = new AtomicInteger();
        session.connection().after(ONE, runs::incrementAndGet);
        session.connection().abort(CloseReason.LIMIT);
        session.awaitClosed();

        advance(TEN);
        await.settle();

        assertThat(runs).hasValue(0);
    }

    @Test
    @Rule("C-16")
    void aConnectionOnWhichNothingMovesIsIdle() {
        Session session = serve(timeouts(NO_LIMITS.withIdle(TEN)), handler -> {});

        advance(TEN.minus(TICK));
        settle(session.connection());
        assertThat(session.handler().closed()).isEmpty();
        advance(TICK);

        assertThat(session.awaitClosed()).isEqualTo(CloseReason.IDLE);
    }

    @Test
    @Rule("C-16")
    void bytesInEitherDirectionAreLife() {
        Session session = serve(timeouts(NO_LIMITS.withIdle(TEN)), handler -> {});

        for (int i = 1; i <= 3; i++) {
            advance(NINE);
            session.peer().send("x");
            session.handler().awaitBytes(i);
            roundTrip(session.connection());
            advance(NINE);
            session.connection().send("y");
            session.peer().expect("y");
            roundTrip(session.connection());
        }
        settle(session.connection());
        assertThat(session.handler().closed()).isEmpty();

        advance(TEN);
        assertThat(session.awaitClosed()).isEqualTo(CloseReason.IDLE);
    }

    @Test
    @Rule("C-16")
    void partsOfALongSendAreLife() {
        ConnectionOptions limits = timeouts(NO_LIMITS.withIdle(TEN))
                .withSendQueue(0, 8 * MIB, 16 * MIB)
                .withSocketSendBuffer(32 * KIB);
        Session session = serve(limits, handler -> {});
        int part = MIB;
        session.connection().send(ByteBuffer.allocate(4 * part));
        roundTrip(session.connection());

        for (int i = 0; i < 3; i++) {
            advance(NINE);
            session.peer().receive(part);
            settle(session.connection());
            assertThat(session.handler().closed()).isEmpty();
        }
    }

    @Test
    @Rule("C-16")
    void aPausedConnectionIsNotIdle() {
        Session session = serve(
                timeouts(NO_LIMITS.withIdle(TEN)), handler -> handler.echo().whenOpen(Connection::pauseReading));

        advance(Duration.ofHours(1));
        settle(session.connection());
        assertThat(session.handler().closed()).isEmpty();

        session.connection().resumeReading();
        settle(session.connection());
        assertEchoes(session);
        roundTrip(session.connection());
        advance(TEN);
        assertThat(session.awaitClosed()).isEqualTo(CloseReason.IDLE);
    }

    @Test
    @Rule("C-17")
    void aPeerThatNeverSpeaksIsIdleWhateverWeSend() {
        Session session = serve(
                timeouts(NO_LIMITS.withFirstByte(TEN)),
                handler -> handler.whenOpen(connection -> connection.send("hello")));
        session.peer().expect("hello");
        advance(NINE);
        session.connection().send("hello?");
        session.peer().expect("hello?");
        settle(session.connection());
        assertThat(session.handler().closed()).isEmpty();

        advance(ONE);

        assertThat(session.awaitClosed()).isEqualTo(CloseReason.IDLE);
    }

    @Test
    @Rule("C-17")
    void aPeerThatHasSpokenMayBeSilent() {
        Session session = serve(timeouts(NO_LIMITS.withFirstByte(TEN)), RecordingHandler::echo);
        assertEchoes(session);

        advance(Duration.ofHours(1));
        settle(session.connection());

        assertEchoes(session);
    }

    @Test
    @Rule("C-18")
    void aPeerThatTakesNothingIsStalled() {
        Session session = serve(timeouts(NO_LIMITS.withWrite(TEN)), handler -> {});
        stall(session.connection());

        advance(NINE);
        settle(session.connection());
        assertThat(session.handler().closed()).isEmpty();

        advanceUntilClosed(session);

        assertThat(session.awaitClosed()).isEqualTo(CloseReason.WRITE_STALLED);
        assertThat(closedEvent(session.id()).bytesUnsent()).isPositive();
    }

    @Test
    @Rule("C-18")
    void aPeerThatTakesNothingIsStalledAlsoWhileWeClose() {
        Session session = serve(timeouts(NO_LIMITS.withWrite(TEN)), handler -> {});
        stall(session.connection());
        session.connection().close();

        advanceUntilClosed(session);

        assertThat(session.awaitClosed()).isEqualTo(CloseReason.WRITE_STALLED);
    }

    @Test
    @Rule("C-18")
    void aSlowReaderThatTakesSomeLives() {
        ConnectionOptions limits = timeouts(NO_LIMITS.withWrite(TEN))
                .withSendQueue(32 * KIB, 128 * KIB, MIB)
                .withSocketSendBuffer(32 * KIB);
        int chunk = 256 * KIB;
        Session session = serve(
                limits, handler -> handler.whenDrained(connection -> connection.send(ByteBuffer.allocate(chunk))));
        stall(session.connection());

        for (int i = 0; i < 8; i++) {
            advance(NINE);
            int before = session.handler().count(Call.DRAINED);
            await.until("the peer took what was queued", () -> {
                session.peer().take(16 * KIB);
                return session.handler().count(Call.DRAINED) > before;
            });
            roundTrip(session.connection());
        }
        assertThat(session.handler().closed()).isEmpty();

        advanceUntilClosed(session);
        assertThat(session.awaitClosed()).isEqualTo(CloseReason.WRITE_STALLED);
    }

    @Test
    @Rule("C-18")
    void withNothingQueuedNothingStalls() {
        Session session = serve(timeouts(NO_LIMITS.withWrite(TEN)), RecordingHandler::echo);
        assertEchoes(session);

        advance(Duration.ofHours(1));
        settle(session.connection());

        assertEchoes(session);
    }

    @Test
    @Rule("C-19")
    void aLifetimeEndsAlsoABusyConnection() {
        Session session = serve(timeouts(NO_LIMITS.withLifetime(TEN)), RecordingHandler::echo);
        advance(NINE);
        assertEchoes(session);
        roundTrip(session.connection());

        advance(ONE);

        assertThat(session.awaitClosed()).isEqualTo(CloseReason.LIMIT);
        session.peer().expectReset();
    }

    @ParameterizedTest
    @EnumSource
    @Rule("C-24")
    void aTimeoutNeverLooksLikeThePeersFin(Wait wait) {
        ConnectionTimeouts limits = switch (wait) {
            case FIRST_BYTE -> NO_LIMITS.withFirstByte(TEN);
            case IDLE -> NO_LIMITS.withIdle(TEN);
            case WRITE -> NO_LIMITS.withWrite(TEN);
            case LIFETIME -> NO_LIMITS.withLifetime(TEN);
        };
        Session session = serve(timeouts(limits), handler -> {});
        if (wait == Wait.WRITE) {
            stall(session.connection());
        }

        advanceUntilClosed(session);

        assertThat(session.awaitClosed())
                .isIn(CloseReason.IDLE, CloseReason.WRITE_STALLED, CloseReason.LIMIT)
                .isEqualTo(closedEvent(session.id()).reason());
        assertThat(session.handler().calls()).containsExactly(Call.OPEN, Call.CLOSED);
    }

    @Test
    @Rule("C-19")
    void aPeerThatSendsAByteNowAndThenIsEndedByItsLifetimeAlone() {
        ConnectionTimeouts all = NO_LIMITS.withFirstByte(TEN).withIdle(TEN).withLifetime(TEN.multipliedBy(6));
        Session session = serve(timeouts(all), handler -> {});
        for (int i = 1; i <= 6; i++) {
            advance(NINE);
            session.peer().send("x");
            session.handler().awaitBytes(i);
            settle(session.connection());
            assertThat(session.handler().closed()).isEmpty();
        }

        advance(NINE);

        assertThat(session.awaitClosed()).isEqualTo(CloseReason.LIMIT);
    }

    /** Queues far more than the kernel takes while the peer does not read. */
    private void stall(Connection connection) {
        assertThat(connection.send(ByteBuffer.allocate(MIB))).isTrue();
        settle(connection);
    }

    /** In steps, because the kernel may take some more when a segment that waited for a larger window is sent after all. */
    private void advanceUntilClosed(Session session) {
        await.until("the connection is closed", () -> {
            advance(ONE);
            return session.handler().closed().isPresent();
        });
    }
}
