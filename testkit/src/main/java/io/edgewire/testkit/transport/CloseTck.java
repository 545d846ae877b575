package io.edgewire.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ConnectionTimeouts;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.testkit.Call;
import io.edgewire.testkit.Rule;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a connection ends: C-20 to C-24, C-27 to C-29. */
public abstract class CloseTck extends TransportFixture {
    private static final Duration CLOSE_LIMIT = ConnectionTimeouts.DEFAULTS.close();
    private static final int LONG = 512 * KIB;
    private static final ConnectionOptions SMALL_SOCKET = DEFAULTS.withSocketSendBuffer(32 * KIB);

    /** For subclasses. */
    protected CloseTck() {}

    @Test
    @Rule("C-20")
    void closeSendsWhatIsQueuedAndThenFin() {
        byte[] answer = bytes(LONG, 20);
        Session session = serve(SMALL_SOCKET, handler -> {});

        session.connection().send(ByteBuffer.wrap(answer));
        session.connection().close();

        assertThat(session.connection().send("more")).isFalse();
        assertThat(session.connection().writable()).isFalse();
        await.settle();
        assertThat(Arrays.equals(session.peer().receiveAll(), answer)).isTrue();
        session.peer().close();
        assertThat(session.awaitClosed()).isEqualTo(CloseReason.LOCAL);
        ConnectionEvent.Closed event = closedEvent(session.id());
        assertThat(event.bytesOut()).isEqualTo(LONG);
        assertThat(event.bytesUnsent()).isZero();
    }

    @Test
    @Rule("C-20")
    void afterCloseNoBytesAreDelivered() {
        Session session = serve(handler -> handler.whenBytes((connection, in) -> connection.close()));
        session.peer().send("a");
        session.peer().expectEof();

        session.peer().send("b");
        session.peer().halfClose();

        assertThat(session.awaitClosed()).isEqualTo(CloseReason.LOCAL);
        assertThat(session.handler().text()).isEqualTo("a");
        assertThat(session.handler().calls()).containsExactly(Call.OPEN, Call.BYTES, Call.CLOSED);
    }

    @Test
    @Rule("C-20")
    @Rule("C-24")
    void aCloseAfterThePeersFinIsThePeers() {
        Session session = serve(handler -> handler.whenPeerClosed(connection -> {}));
        session.peer().halfClose();
        session.handler().await(Call.PEER_CLOSED);

        session.connection().close();

        assertThat(session.awaitClosed()).isEqualTo(CloseReason.PEER);
        session.peer().expectEof();
    }

    @Test
    @Rule("C-21")
    void inputThatNobodyReadsDoesNotTurnTheFinIntoAReset() {
        byte[] answer = bytes(LONG, 21);
        Session session = serve(SMALL_SOCKET, handler -> handler.whenOpen(Connection::pauseReading));
        session.peer().send(bytes(48 * KIB, 22));

        session.connection().send(ByteBuffer.wrap(answer));
        session.connection().close();
        session.peer().send(bytes(48 * KIB, 23));

        assertThat(Arrays.equals(session.peer().receiveAll(), answer)).isTrue();
        session.peer().send(bytes(48 * KIB, 24));
        await.settle();
        assertThat(session.handler().closed()).isEmpty();
        session.peer().halfClose();
        assertThat(session.awaitClosed()).isEqualTo(CloseReason.LOCAL);
    }

    @Test
    @Rule("C-21")
    void aPeerThatDoesNotAnswerOurFinIsWaitedForUntilTheCloseTimeout() {
        Session session = serve(handler -> {});
        session.connection().close();
        session.peer().expectEof();
        await.settle();

        advance(CLOSE_LIMIT.minusNanos(1));
        await.settle();
        assertThat(session.handler().closed()).isEmpty();
        advance(Duration.ofNanos(1));

        assertThat(session.awaitClosed()).isEqualTo(CloseReason.LOCAL);
        assertThat(closedEvent(session.id()).reason()).isEqualTo(CloseReason.LOCAL);
    }

    @Test
    @Rule("C-22")
    void abortResetsAtOnceAndCountsWhatIsDropped() {
        Session session = serve(SMALL_SOCKET, handler -> {});
        session.connection().send(ByteBuffer.allocate(LONG));
        roundTrip(session.connection());

        session.connection().abort(CloseReason.PROTOCOL_ERROR);

        assertThat(session.awaitClosed()).isEqualTo(CloseReason.PROTOCOL_ERROR);
        session.peer().expectReset();
        ConnectionEvent.Closed event = closedEvent(session.id());
        assertThat(event.reason()).isEqualTo(CloseReason.PROTOCOL_ERROR);
        assertThat(event.bytesUnsent()).isPositive();
        assertThat(event.bytesOut() + event.bytesUnsent()).isEqualTo(LONG);
    }

    @Test
    @Rule("C-23")
    void theFirstReasonWins() {
        Session session = serve(handler -> handler.whenBytes((connection, in) -> {
            connection.abort(CloseReason.PROTOCOL_ERROR);
            connection.abort(CloseReason.LIMIT);
            connection.close();
        }));

        session.peer().send("x");

        assertThat(session.awaitClosed()).isEqualTo(CloseReason.PROTOCOL_ERROR);
        session.connection().abort(CloseReason.LINK_LOST);
        assertThat(closedEvent(session.id()).reason()).isEqualTo(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    @Rule("C-23")
    void anAbortWhileCloseIsStillSendingIsTheReason() {
        Session session = closeWhileSending();

        session.connection().abort(CloseReason.LINK_LOST);

        assertThat(session.awaitClosed()).isEqualTo(CloseReason.LINK_LOST);
        assertThat(closedEvent(session.id()).bytesUnsent()).isPositive();
    }

    @Test
    @Rule("C-23")
    @Rule("C-26")
    void aResetWhileCloseIsStillSendingIsTheReason() {
        Session session = closeWhileSending();

        session.peer().reset();

        assertThat(session.awaitClosed()).isEqualTo(CloseReason.RESET);
    }

    @Test
    @Rule("C-23")
    void aResetWhenAllWasSentLosesNothing() {
        Session session = serve(handler -> {});
        session.connection().close();
        session.peer().expectEof();
        await.settle();

        session.peer().reset();

        assertThat(session.awaitClosed()).isEqualTo(CloseReason.LOCAL);
    }

    @Test
    @Rule("C-24")
    void afterThePeersFinSendingGoesOn() {
        Session session = serve(handler -> handler.whenPeerClosed(connection -> connection.send("one ")));
        session.peer().send("last words");
        session.peer().halfClose();
        session.handler().await(Call.PEER_CLOSED);
        roundTrip(session.connection());
        assertThat(session.handler().text()).isEqualTo("last words");
        assertThat(session.connection().reading()).isFalse();

        byte[] more = bytes(LONG, 24);
        assertThat(session.connection().send(ByteBuffer.wrap(more))).isTrue();
        session.peer().expect("one ");
        assertThat(Arrays.equals(session.peer().receive(LONG), more)).isTrue();
        session.connection().close();

        session.peer().expectEof();
        assertThat(session.awaitClosed()).isEqualTo(CloseReason.PEER);
        assertThat(session.handler().count(Call.PEER_CLOSED)).isEqualTo(1);
    }

    @Test
    @Rule("C-24")
    void aFinDuringAPauseComesAfterTheLastByte() {
        Session session = serve(handler -> handler.whenOpen(Connection::pauseReading));
        session.peer().send("last words");
        session.peer().halfClose();
        settle(session.connection());

        session.connection().resumeReading();

        assertThat(session.awaitClosed()).isEqualTo(CloseReason.PEER);
        assertThat(session.handler().text()).isEqualTo("last words");
        assertThat(session.handler().calls()).containsExactly(Call.OPEN, Call.BYTES, Call.PEER_CLOSED, Call.CLOSED);
        session.peer().expectEof();
    }

    @Test
    @Rule("C-27")
    void afterTheEndEveryCallIsHarmless() {
        Session session = serve(handler -> {});
        Connection connection = session.connection();
        long id = connection.id();
        connection.close();
        callEverything(connection);
        session.peer().expectEof();
        session.peer().close();
        session.awaitClosed();

        callEverything(connection);
        assertThat(connection.execute(() -> {})).isFalse();
        assertThat(connection.after(Duration.ZERO, () -> {}).cancel()).isFalse();
        assertThat(connection.id()).isEqualTo(id);
        assertThat(connection.local()).isEqualTo(listener.address());
        assertThat(connection.remote().getPort()).isPositive();
        assertThat(session.handler().closed()).contains(CloseReason.LOCAL);
    }

    /** Where a handler may end its own connection. */
    enum Place {
        OPEN,
        BYTES,
        PEER_CLOSED,
        DRAINED,
        STOPPING,
        TIMER,
        TASK
    }

    @ParameterizedTest
    @EnumSource
    @Rule("C-28")
    void closeWorksWithinAnyCallback(Place place) {
        Session session = endWithin(place, Connection::close);

        session.peer().receiveAll();
        session.peer().close();
        assertThat(session.awaitClosed()).isEqualTo(place == Place.PEER_CLOSED ? CloseReason.PEER : CloseReason.LOCAL);
    }

    @ParameterizedTest
    @EnumSource
    @Rule("C-28")
    void abortWorksWithinAnyCallback(Place place) {
        Session session = endWithin(place, connection -> connection.abort(CloseReason.PROTOCOL_ERROR));

        session.peer().expectReset();
        assertThat(session.awaitClosed()).isEqualTo(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    @Rule("C-29")
    void theSocketIsGoneWhenOnClosedComes() {
        AtomicLong during = new AtomicLong();
        Session session = serve(handler -> handler.whenClosed((connection, reason) -> during.set(env.openSockets())));
        long before = env.openSockets();

        session.connection().abort(CloseReason.LIMIT);

        session.awaitClosed();
        await.until("onClosed has counted", () -> during.get() > 0 || before == 0);
        assertThat(during.get()).isEqualTo(Math.max(0, before - 1));
    }

    @Test
    @Rule("C-29")
    void theSocketIsGoneWhenOnClosedComesAfterAnOrderlyCloseToo() {
        AtomicLong during = new AtomicLong();
        Session session = serve(handler -> handler.whenClosed((connection, reason) -> during.set(env.openSockets())));
        long before = env.openSockets();

        session.peer().halfClose();

        session.awaitClosed();
        await.until("onClosed has counted", () -> during.get() > 0 || before == 0);
        assertThat(during.get()).isEqualTo(Math.max(0, before - 1));
    }

    private Session closeWhileSending() {
        Session session = serve(SMALL_SOCKET, handler -> {});
        session.connection().send(ByteBuffer.allocate(LONG));
        session.connection().close();
        await.settle();
        return session;
    }

    private Session endWithin(Place place, Consumer<Connection> end) {
        Gate dialled = gate(); // a reset that comes before the peer's connect has returned would be the peer's failure
        listen(anyPort(), handler -> {
            switch (place) {
                case OPEN ->
                    handler.whenOpen(connection -> {
                        dialled.pass();
                        end.accept(connection);
                    });
                case BYTES -> handler.whenBytes((connection, in) -> end.accept(connection));
                case PEER_CLOSED -> handler.whenPeerClosed(end);
                case DRAINED -> handler.whenDrained(end);
                case STOPPING -> handler.whenStopping(end);
                default -> handler.echo();
            }
        });
        Session session = nextUnsettled();
        dialled.open();
        session.handler().await(Call.OPEN);
        provoke(session, place, end);
        return session;
    }

    private void provoke(Session session, Place place, Consumer<Connection> end) {
        Connection connection = session.connection();
        switch (place) {
            case OPEN -> {}
            case BYTES -> session.peer().send("x");
            case PEER_CLOSED -> session.peer().halfClose();
            case DRAINED -> connection.send(ByteBuffer.allocate(DEFAULTS.sendLimit()));
            case STOPPING -> async(() -> listener.stop(Duration.ofMinutes(1)));
            case TIMER -> connection.after(Duration.ZERO, () -> end.accept(connection));
            case TASK -> connection.execute(() -> end.accept(connection));
        }
    }

    private static void callEverything(Connection connection) {
        assertThat(connection.send("x")).isFalse();
        assertThat(connection.writable()).isFalse();
        assertThat(connection.reading()).isFalse();
        connection.execute(() -> {});
        connection.after(Duration.ZERO, () -> {}).cancel();
        connection.pauseReading();
        connection.resumeReading();
        connection.close();
    }
}
