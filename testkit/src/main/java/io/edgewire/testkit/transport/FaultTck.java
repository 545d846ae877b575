package io.edgewire.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.testkit.Call;
import io.edgewire.testkit.Peer;
import io.edgewire.testkit.RecordingHandler;
import io.edgewire.testkit.RecordingProtocol;
import io.edgewire.testkit.Rule;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What handlers, factories and the network do wrong, and that nobody else notices: T-11, C-25, C-26. */
public abstract class FaultTck extends TransportFixture {
    /** For subclasses. */
    protected FaultTck() {}

    /** An Error, because transports must survive those too. */
    private static final class Planted extends Error {
        private static final long serialVersionUID = 1L;

        Planted() {
            super("planted by the test");
        }
    }

    /** Where a handler may fail while its connection is open. */
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
    @Rule("C-25")
    void whatAHandlerThrowsEndsItsConnectionAndIsReportedOnce(Place place) {
        Planted planted = new Planted();
        Session bystander = serveEcho();
        Gate dialled = gate(); // a reset that comes before the peer's connect has returned would be the peer's failure
        listen(anyPort(), handler -> plant(handler, place, planted, dialled));
        Session session = nextUnsettled();
        dialled.open();
        session.handler().await(Call.OPEN);

        Future<?> provoked = async(() -> provoke(session, place, planted));

        session.peer().expectReset();
        assertThat(session.awaitClosed()).isEqualTo(CloseReason.HANDLER_FAILED);
        get(provoked);
        assertThat(closedEvent(session.id()).reason()).isEqualTo(CloseReason.HANDLER_FAILED);
        assertThat(events.all(ConnectionEvent.HandlerFailed.class))
                .containsExactly(new ConnectionEvent.HandlerFailed(
                        session.id(), session.connection().remote(), planted));
        assertEchoes(bystander);
    }

    @Test
    @Rule("C-25")
    void whatOnClosedThrowsIsReportedToo() {
        Planted planted = new Planted();
        Session session = serve(handler -> handler.whenClosed((connection, reason) -> {
            throw planted;
        }));

        session.peer().close();

        assertThat(closedEvent(session.id()).reason()).isEqualTo(CloseReason.PEER);
        assertThat(events.await(ConnectionEvent.HandlerFailed.class).cause()).isSameAs(planted);
        assertThat(events.all(ConnectionEvent.HandlerFailed.class)).hasSize(1);
        next();
    }

    @Test
    @Rule("T-11")
    void aFactoryThatThrowsEndsItsOwnConnectionOnly() {
        Planted planted = new Planted();
        brokenFactoryEndsItsOwnConnectionOnly(() -> {
            throw planted;
        });
        assertThat(events.all(ConnectionEvent.HandlerFailed.class).get(0).cause())
                .isSameAs(planted);
    }

    @Test
    @Rule("T-11")
    @SuppressWarnings("NullAway") // The null is the fault that is tested.
    void aFactoryThatReturnsNullEndsItsOwnConnectionOnly() {
        brokenFactoryEndsItsOwnConnectionOnly(() -> null);
    }

    @Test
    @Rule("C-26")
    void theResetOfAPeerIsToldAsReset() {
        Session bystander = serveEcho();
        Session session = next();

        session.peer().reset();

        assertThat(session.awaitClosed()).isEqualTo(CloseReason.RESET);
        assertThat(closedEvent(session.id()).reason()).isEqualTo(CloseReason.RESET);
        assertThat(session.handler().calls()).containsExactly(Call.OPEN, Call.CLOSED);
        assertEchoes(bystander);
    }

    @Test
    @Rule("C-26")
    void aResetWhileTheHandlerWorksIsToldAfterwards() {
        Gate gate = gate();
        AtomicBoolean done = new AtomicBoolean();
        Session session = serve(handler -> handler.whenBytes((connection, in) -> {
                    gate.pass();
                    connection.send("too late");
                    done.set(true);
                })
                .whenClosed((connection, reason) -> assertThat(done).isTrue()));
        session.peer().send("x");
        await.until("the handler works", gate::isEntered);

        session.peer().reset();
        await.settle();
        assertThat(session.handler().closed()).isEmpty();
        gate.open();

        assertThat(session.awaitClosed()).isEqualTo(CloseReason.RESET);
        assertThat(done).isTrue();
        assertThat(events.all(ConnectionEvent.HandlerFailed.class)).isEmpty();
    }

    private void plant(RecordingHandler handler, Place place, Planted planted, Gate dialled) {
        switch (place) {
            case OPEN ->
                handler.whenOpen(connection -> {
                    dialled.pass();
                    fail(planted);
                });
            case BYTES -> handler.whenBytes((connection, in) -> fail(planted));
            case PEER_CLOSED -> handler.whenPeerClosed(connection -> fail(planted));
            case DRAINED -> handler.whenDrained(connection -> fail(planted));
            case STOPPING -> handler.whenStopping(connection -> fail(planted));
            default -> handler.echo();
        }
    }

    private static void fail(Planted planted) {
        throw planted;
    }

    private Place provoke(Session session, Place place, Planted planted) {
        Connection connection = session.connection();
        switch (place) {
            case OPEN -> {}
            case BYTES -> session.peer().send("x");
            case PEER_CLOSED -> session.peer().halfClose();
            case DRAINED -> connection.send(ByteBuffer.allocate(DEFAULTS.sendLimit()));
            case STOPPING -> listener.stop(Duration.ofSeconds(1));
            case TIMER -> {
                connection.after(Duration.ofSeconds(1), () -> fail(planted));
                advance(Duration.ofSeconds(1));
            }
            case TASK -> connection.execute(() -> fail(planted));
        }
        return place;
    }

    private void brokenFactoryEndsItsOwnConnectionOnly(ProtocolFactory broken) {
        RecordingProtocol good = new RecordingProtocol(await, RecordingHandler::echo);
        AtomicBoolean first = new AtomicBoolean(true);
        ProtocolHandler watched = guard.wrap(good.newHandler());
        Gate dialled = gate();
        listener = transport.listen(anyPort(), () -> {
            if (first.getAndSet(false)) {
                dialled.pass();
                return broken.newHandler();
            }
            return watched;
        });

        Peer unlucky = dial(listener.address());
        dialled.open();

        unlucky.expectReset();
        ConnectionEvent.HandlerFailed failed = events.await(ConnectionEvent.HandlerFailed.class);
        assertThat(closedEvent(failed.id()).reason()).isEqualTo(CloseReason.HANDLER_FAILED);
        assertEchoes(new Session(dial(listener.address()), good.first()));
        assertThat(events.all(ConnectionEvent.HandlerFailed.class)).isEqualTo(List.of(failed));
        assertThat(listener.connections()).isEqualTo(1);
    }
}
