package io.edgewire.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.testkit.Call;
import io.edgewire.testkit.Rule;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Our FIN before the peer's with bytes still coming, and one with a reason of our own: C-30, C-31. */
public abstract class HalfCloseTck extends TransportFixture {
    private static final int LONG = 512 * KIB;
    private static final ConnectionOptions SMALL_SOCKET = DEFAULTS.withSocketSendBuffer(32 * KIB);

    /** For subclasses. */
    protected HalfCloseTck() {}

    @Test
    @Rule("C-30")
    void afterOurFinThePeerIsStillHeard() {
        Session session = serve(handler -> handler.whenOpen(connection -> {
            connection.send("last words");
            connection.shutdownOutput();
        }));
        session.peer().expect("last words");
        session.peer().expectEof();

        session.peer().send("and mine");
        session.peer().halfClose();

        assertThat(session.awaitClosed()).isEqualTo(CloseReason.PEER);
        assertThat(session.handler().text()).isEqualTo("and mine");
        assertThat(session.handler().calls()).containsExactly(Call.OPEN, Call.BYTES, Call.PEER_CLOSED, Call.CLOSED);
    }

    @Test
    @Rule("C-30")
    void whatIsQueuedGoesBeforeOurFinAndNothingAfterIt() {
        byte[] answer = bytes(LONG, 30);
        Session session = serve(SMALL_SOCKET, handler -> {});

        session.connection().send(ByteBuffer.wrap(answer));
        session.connection().shutdownOutput();

        assertThat(session.connection().send("more")).isFalse();
        assertThat(session.connection().writable()).isFalse();
        await.settle();
        assertThat(Arrays.equals(session.peer().receiveAll(), answer)).isTrue();
        assertThat(session.handler().closed()).isEmpty();
    }

    @Test
    @Rule("C-31")
    void aCloseWithAReasonSendsWhatIsQueuedAndTellsIt() {
        byte[] answer = bytes(LONG, 31);
        Session session = serve(SMALL_SOCKET, handler -> {});

        session.connection().send(ByteBuffer.wrap(answer));
        session.connection().close(CloseReason.PROTOCOL_ERROR, "no such command");
        session.connection().close(CloseReason.LIMIT, "too late");

        assertThat(session.connection().send("more")).isFalse();
        await.settle();
        assertThat(Arrays.equals(session.peer().receiveAll(), answer)).isTrue();
        session.peer().close();
        assertThat(session.awaitClosed()).isEqualTo(CloseReason.PROTOCOL_ERROR);
        ConnectionEvent.Closed event = closedEvent(session.id());
        assertThat(event.reason()).isEqualTo(CloseReason.PROTOCOL_ERROR);
        assertThat(event.detail()).isEqualTo("no such command");
        assertThat(event.bytesUnsent()).isZero();
    }

    @Test
    @Rule("C-31")
    void theReasonOfACloseStandsAlsoAfterThePeersFin() {
        Session session = serve(handler ->
                handler.whenPeerClosed(connection -> connection.close(CloseReason.PROTOCOL_ERROR, "half a message")));

        session.peer().halfClose();

        assertThat(session.awaitClosed()).isEqualTo(CloseReason.PROTOCOL_ERROR);
        assertThat(closedEvent(session.id()).detail()).isEqualTo("half a message");
        session.peer().expectEof();
    }

    @Test
    @Rule("C-31")
    void anAbortWhileACloseWithAReasonIsSendingIsTheReason() {
        Session session = serve(SMALL_SOCKET, handler -> {});
        session.connection().send(ByteBuffer.allocate(LONG));
        roundTrip(session.connection());

        session.connection().close(CloseReason.PROTOCOL_ERROR, "no such command");
        session.connection().abort(CloseReason.LINK_LOST);

        assertThat(session.awaitClosed()).isEqualTo(CloseReason.LINK_LOST);
        assertThat(closedEvent(session.id()).detail()).isEmpty();
    }

    @Test
    @Rule("C-30")
    void theCloseTimeoutBeginsWithTheCloseAndNotBefore() {
        Session session = serve(handler -> {});
        Duration limit = DEFAULTS.timeouts().close();
        session.connection().shutdownOutput();
        session.peer().expectEof();
        await.settle();
        advance(limit.multipliedBy(2));
        session.peer().send("still here");
        await.until("the bytes are delivered", () -> session.handler().text().equals("still here"));

        session.connection().close();
        await.settle();
        advance(limit.minusNanos(1));
        await.settle();
        assertThat(session.handler().closed()).isEmpty();
        advance(Duration.ofNanos(1));
        assertThat(session.awaitClosed()).isEqualTo(CloseReason.LOCAL);
    }

    @Test
    @Rule("C-30")
    void timersRunOnAndReadingCanBePausedAfterOurFin() {
        Session session = serve(handler -> {});
        session.connection().shutdownOutput();
        session.peer().expectEof();
        assertThat(session.connection().reading()).isTrue();

        session.connection().execute(session.connection()::pauseReading);
        session.connection()
                .execute(() -> session.connection()
                        .after(Duration.ofSeconds(1), () -> session.connection().resumeReading()));
        roundTrip(session.connection());
        assertThat(session.connection().reading()).isFalse();
        session.peer().send("later");
        advance(Duration.ofSeconds(1));
        await.until("the bytes are delivered", () -> session.handler().text().equals("later"));
    }

    @Test
    @Rule("C-30")
    @Rule("C-27")
    void afterTheEndItIsHarmless() {
        Session session = serve(handler -> handler.whenOpen(Connection::close));
        session.peer().expectEof();
        session.connection().shutdownOutput();
        session.peer().halfClose();
        assertThat(session.awaitClosed()).isEqualTo(CloseReason.LOCAL);
        session.connection().shutdownOutput();
        assertThat(session.handler().calls()).containsExactly(Call.OPEN, Call.CLOSED);
    }
}
