package io.edgewire.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.Timer;
import io.edgewire.testkit.Call;
import io.edgewire.testkit.RecordingHandler;
import io.edgewire.testkit.Rule;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** That nobody can make the other grow: C-10 to C-14. */
public abstract class BackPressureTck extends TransportFixture {
    private static final int LOW = 8 * KIB;
    private static final int HIGH = 64 * KIB;
    private static final int LIMIT = MIB;
    /** More than the kernel takes later, when a segment that waited for a larger window is sent after all. */
    private static final int BEYOND_THE_KERNEL = 512 * KIB;

    private static final ConnectionOptions SMALL =
            DEFAULTS.withSendQueue(LOW, HIGH, LIMIT).withSocketSendBuffer(32 * KIB);

    /** For subclasses. */
    protected BackPressureTck() {}

    @Test
    @Rule("C-10")
    void aSendBeyondTheLimitIsRefusedWholeAndAborts() {
        List<Boolean> answers = new CopyOnWriteArrayList<>();
        List<Integer> left = new CopyOnWriteArrayList<>();
        Session session = serve(
                SMALL,
                handler -> handler.whenBytes((connection, in) -> {
                    answers.add(connection.send(ByteBuffer.allocate(LIMIT)));
                    ByteBuffer oneMore = ByteBuffer.allocate(1);
                    answers.add(connection.send(oneMore));
                    left.add(oneMore.remaining());
                }));

        session.peer().send("x");

        assertThat(session.awaitClosed()).isEqualTo(CloseReason.SLOW_PEER);
        assertThat(answers).containsExactly(true, false);
        assertThat(left).containsExactly(1);
        session.peer().expectReset();
    }

    @Test
    @Rule("C-10")
    void aPeerThatDoesNotReadIsCutOffAtTheLimit() {
        Session session = serve(SMALL, handler -> {});
        int accepted = 0;
        int most = 64 * MIB;

        while (accepted < most && session.connection().send(ByteBuffer.allocate(4 * KIB))) {
            accepted += 4 * KIB;
        }

        assertThat(accepted).isBetween(LIMIT - 4 * KIB, most / 2);
        assertThat(session.awaitClosed()).isEqualTo(CloseReason.SLOW_PEER);
    }

    @Test
    @Rule("C-11")
    void aboveTheHighMarkItStopsReadingUntilTheLowMark() {
        Session session = serve(SMALL, handler -> {});
        Connection connection = session.connection();
        assertThat(connection.writable()).isTrue();
        assertThat(connection.reading()).isTrue();

        int sent = fill(connection);
        assertThat(connection.reading()).isFalse();
        session.peer().send("unread");
        settle(connection);
        assertThat(session.handler().calls()).doesNotContain(Call.BYTES, Call.DRAINED);

        session.peer().receive(sent);
        session.handler().await(Call.DRAINED);
        session.handler().awaitBytes("unread".length());
        assertThat(connection.writable()).isTrue();
        assertThat(connection.reading()).isTrue();
        settle(connection);
        assertThat(session.handler().count(Call.DRAINED)).isEqualTo(1);
    }

    @Test
    @Rule("C-11")
    void onDrainedComesOnceEachTimeAndNotBelowTheHighMark() {
        Session session = serve(SMALL, RecordingHandler::echo);
        assertEchoes(session);
        settle(session.connection());
        assertThat(session.handler().count(Call.DRAINED)).isZero();

        for (int round = 1; round <= 3; round++) {
            session.peer().receive(fill(session.connection()));
            int wanted = round;
            await.until("it drained", () -> session.handler().count(Call.DRAINED) == wanted);
        }
        settle(session.connection());
        assertThat(session.handler().count(Call.DRAINED)).isEqualTo(3);
    }

    @Test
    @Rule("C-11")
    void itDoesNotReadAgainWhileTheQueueIsAboveTheLowMark() {
        ConnectionOptions drainsLate = DEFAULTS.withSendQueue(0, MIB, 4 * MIB).withSocketSendBuffer(32 * KIB);
        Session session = serve(drainsLate, handler -> {});
        session.connection().send(ByteBuffer.allocate(3 * MIB));
        assertThat(session.connection().writable()).isFalse();

        session.peer().receive(MIB);
        settle(session.connection());

        assertThat(session.handler().count(Call.DRAINED)).isZero();
        assertThat(session.connection().writable()).isFalse();
        session.peer().receive(2 * MIB);
        session.handler().await(Call.DRAINED);
    }

    @Test
    @Rule("C-11")
    void aPeerThatSendsAndNeverReadsCannotMakeTheServerGrow() {
        Session session = serve(SMALL, RecordingHandler::echo);
        long most = 64L * MIB;

        long taken = session.peer().flood(most);

        assertThat(taken).isLessThan(most);
        assertThat(session.handler().received().length).isLessThan(4 * MIB);
        assertThat(session.handler().closed()).isEmpty();
        drainEcho(session, (int) taken);
    }

    @Test
    @Rule("C-12")
    void overTheBudgetAConnectionWithAQueueIsNotRead() {
        transport = newTransport(256 * KIB);
        ConnectionOptions large = DEFAULTS.withSendQueue(0, 8 * MIB, 16 * MIB).withSocketSendBuffer(32 * KIB);
        Session full = serve(large, RecordingHandler::echo);
        Session empty = next();

        full.connection().send(ByteBuffer.allocate(4 * MIB));
        settle(full.connection());
        full.peer().send("unread");
        settle(full.connection());

        assertThat(full.connection().writable()).isTrue();
        assertThat(full.connection().reading()).isFalse();
        assertThat(full.handler().calls()).doesNotContain(Call.BYTES);
        assertEchoes(empty);

        full.peer().receive(4 * MIB);
        full.peer().expect("unread");
        assertThat(full.connection().reading()).isTrue();
    }

    @Test
    @Rule("C-12")
    void overTheBudgetTheOthersAreReadByLittle() {
        transport = newTransport(256 * KIB);
        ConnectionOptions large = DEFAULTS.withSendQueue(0, 8 * MIB, 16 * MIB).withSocketSendBuffer(32 * KIB);
        List<Integer> reads = new CopyOnWriteArrayList<>();
        Session full = serve(
                large,
                handler -> handler.whenBytes((connection, in) -> {
                    reads.add(in.remaining());
                    connection.send(in);
                }));
        Session other = next();
        full.connection().send(ByteBuffer.allocate(4 * MIB));
        settle(full.connection());
        assertEchoes(other); // a read that waited already may bring more
        reads.clear();

        byte[] much = bytes(64 * KIB, 1);
        other.peer().send(much);

        assertThat(other.peer().receive(much.length)).isEqualTo(much);
        assertThat(reads).allMatch(read -> read <= 2 * KIB);
        full.peer().receive(4 * MIB);
    }

    @Test
    @Rule("C-13")
    void oneTaskTooManyAborts() {
        List<Boolean> answers = new CopyOnWriteArrayList<>();
        Session session = serve(
                DEFAULTS.withTaskLimit(3),
                handler -> handler.whenBytes((connection, in) -> {
                    for (int i = 0; i < 4; i++) {
                        answers.add(connection.execute(() -> {}));
                    }
                }));

        session.peer().send("x");

        assertThat(session.awaitClosed()).isEqualTo(CloseReason.LIMIT);
        assertThat(answers).containsExactly(true, true, true, false);
        session.peer().expectReset();
    }

    @Test
    @Rule("C-13")
    void oneTimerTooManyAbortsAndIsCancelledAlready() {
        List<Boolean> cancelled = new CopyOnWriteArrayList<>();
        Session session = serve(
                DEFAULTS.withTaskLimit(3),
                handler -> handler.whenBytes((connection, in) -> {
                    for (int i = 0; i < 3; i++) {
                        connection.after(Duration.ofHours(1), () -> {});
                    }
                    cancelled.add(
                            connection.after(Duration.ofHours(1), () -> {}).cancel());
                }));

        session.peer().send("x");

        assertThat(session.awaitClosed()).isEqualTo(CloseReason.LIMIT);
        assertThat(cancelled).containsExactly(false);
    }

    @Test
    @Rule("C-13")
    void timersThatRanOrWereCancelledDoNotCount() {
        Session session = serve(DEFAULTS.withTaskLimit(5), RecordingHandler::echo);
        Connection connection = session.connection();

        for (int i = 0; i < 50; i++) {
            Timer timer = connection.after(Duration.ofHours(1), () -> {});
            connection.after(Duration.ZERO, () -> {});
            assertThat(timer.cancel()).isTrue();
            roundTrip(connection);
        }

        assertEchoes(session);
    }

    @Test
    @Rule("C-14")
    void afterAPauseInACallbackNothingFollowsUntilResumeAndNothingIsLost() {
        byte[] data = bytes(300 * KIB, 14);
        listen(anyPort(), handler -> handler.whenOpen(Connection::pauseReading));
        Session session = next();
        assertThat(session.connection().reading()).isFalse();
        async(() -> {
            session.peer().send(data);
            session.peer().halfClose();
            return data.length;
        });
        settle(session.connection());
        assertThat(session.handler().calls()).containsExactly(Call.OPEN);

        session.connection().resumeReading();

        session.awaitClosed();
        assertThat(Arrays.equals(session.handler().received(), data)).isTrue();
        assertThat(session.handler().calls()).endsWith(Call.BYTES, Call.PEER_CLOSED, Call.CLOSED);
    }

    @Test
    @Rule("C-14")
    void aPauseAfterEachReadHoldsTheNextAndTheFin() {
        Session session = serve(handler -> handler.whenBytes((connection, in) -> connection.pauseReading()));
        session.peer().send(bytes(200 * KIB, 15));
        session.handler().await(Call.BYTES);
        session.peer().halfClose();
        settle(session.connection());
        assertThat(session.handler().calls()).containsExactly(Call.OPEN, Call.BYTES);

        for (int reads = 1; session.handler().received().length < 200 * KIB; reads++) {
            assertThat(session.handler().reads()).hasSize(reads);
            session.connection().resumeReading();
            int wanted = reads + 1;
            await.until("one more read came", () -> session.handler().reads().size() == wanted);
            roundTrip(session.connection());
        }
        settle(session.connection());
        assertThat(session.handler().calls()).doesNotContain(Call.PEER_CLOSED);

        session.connection().resumeReading();
        assertThat(session.awaitClosed()).isEqualTo(CloseReason.PEER);
    }

    @Test
    @Rule("C-14")
    @Rule("C-11")
    void theHandlersPauseOutlastsTheTransportsOwn() {
        Session session = serve(SMALL, handler -> handler.whenDrained(connection -> connection.send("drained")));
        Connection connection = session.connection();
        connection.pauseReading();
        int sent = fill(connection);
        session.peer().send("unread");

        session.peer().receive(sent);
        session.peer().expect("drained");
        settle(connection);
        assertThat(connection.reading()).isFalse();
        assertThat(session.handler().calls()).doesNotContain(Call.BYTES);

        connection.resumeReading();
        session.handler().awaitBytes("unread".length());
    }

    @Test
    @Rule("C-14")
    @Rule("C-11")
    void theTransportsPauseOutlastsTheHandlers() {
        Session session = serve(SMALL, handler -> {});
        Connection connection = session.connection();
        connection.pauseReading();
        int sent = fill(connection);
        session.peer().send("unread");

        connection.resumeReading();
        settle(connection);
        assertThat(connection.reading()).isFalse();
        assertThat(session.handler().calls()).doesNotContain(Call.BYTES);

        session.peer().receive(sent);
        session.handler().awaitBytes("unread".length());
    }

    /**
     * Makes the queue pass the high mark, at once and by so much that it stays above while the peer does not read: the
     * kernel may take a part only after the peer's delayed acknowledgement.
     */
    private int fill(Connection connection) {
        int size = HIGH + BEYOND_THE_KERNEL;
        assertThat(connection.send(ByteBuffer.allocate(size))).isTrue();
        assertThat(connection.writable()).isFalse();
        roundTrip(connection);
        return size;
    }

    private void drainEcho(Session session, int count) {
        assertThat(session.peer().receive(count)).hasSize(count);
    }
}
