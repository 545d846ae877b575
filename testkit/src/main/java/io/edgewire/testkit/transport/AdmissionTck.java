package io.edgewire.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.testkit.Peer;
import io.edgewire.testkit.RecordingHandler;
import io.edgewire.testkit.Rule;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who is let in, and what is told of it: T-4, T-8, T-13, T-15. */
public abstract class AdmissionTck extends TransportFixture {
    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

    /** For subclasses. */
    protected AdmissionTck() {}

    @Test
    @Rule("T-4")
    @Rule("T-13")
    void oneConnectionTooManyIsClosedByFinAndNeverGetsAHandler() {
        listen(anyPort().withMaxConnections(2), RecordingHandler::echo);
        Session first = next();
        Session second = next();

        Peer refused = dial(listener.address());

        refused.expectEof();
        ConnectionEvent.Refused event = events.await(ConnectionEvent.Refused.class);
        assertThat(event.limit()).isEqualTo(ConnectionEvent.Limit.CONNECTIONS);
        assertThat(event.allowed()).isEqualTo(2);
        assertThat(event.listener()).isEqualTo(listener.address());
        assertThat(event.remote()).isEqualTo(refused.local().getAddress());
        assertThat(protocol.handlers()).hasSize(2);
        assertThat(events.all(ConnectionEvent.Opened.class)).hasSize(2);
        assertThat(listener.connections()).isEqualTo(2);
        assertEchoes(first);
        assertEchoes(second);
    }

    @Test
    @Rule("T-4")
    void whenOneClosesTheNextIsLetIn() {
        listen(anyPort().withMaxConnections(1), RecordingHandler::echo);
        Session first = next();
        dial(listener.address()).expectEof();

        first.peer().close();
        await.until("the listener has no connection", () -> listener.connections() == 0);

        assertEchoes(next());
        assertThat(events.all(ConnectionEvent.Refused.class)).hasSize(1);
    }

    @Test
    @Rule("T-4")
    void oneAddressHasItsOwnLimit() {
        listen(anyPort().withMaxPerAddress(1), RecordingHandler::echo);
        Session first = next();

        dial(listener.address()).expectEof();
        Peer elsewhere = keep(env.dialFromElsewhere(listener.address()));

        assertEchoes(new Session(elsewhere, protocol.handler(1)));
        ConnectionEvent.Refused event = events.await(ConnectionEvent.Refused.class);
        assertThat(event.limit()).isEqualTo(ConnectionEvent.Limit.CONNECTIONS_PER_ADDRESS);
        assertThat(event.allowed()).isEqualTo(1);
        assertThat(event.remote()).isEqualTo(first.peer().local().getAddress());
    }

    @Test
    @Rule("T-4")
    void aPeerThatHasSpokenAlreadyIsRefusedByFinNotByReset() {
        listen(anyPort().withMaxConnections(1), RecordingHandler::echo);
        next();
        Peer refused = dial(listener.address());
        refused.send("hello");

        events.await(ConnectionEvent.Refused.class);
        refused.expectEof();
        refused.send("more");
        refused.expectEof();
    }

    @Test
    @Rule("T-15")
    void soManyAreLetInAtOnceAndThenEachInItsTime() {
        listen(anyPort().withAcceptRate(2), RecordingHandler::echo);
        Session first = next();
        Session second = next();

        Peer refused = dial(listener.address());
        refused.expectEof();
        ConnectionEvent.Refused event = events.await(ConnectionEvent.Refused.class);
        assertThat(event.limit()).isEqualTo(ConnectionEvent.Limit.ACCEPT_RATE);
        assertThat(event.allowed()).isEqualTo(2);
        assertThat(event.remote()).isEqualTo(refused.local().getAddress());
        advance(HALF_A_SECOND.minusNanos(1));
        dial(listener.address()).expectEof();
        advance(Duration.ofNanos(1));

        assertEchoes(next());
        dial(listener.address()).expectEof();
        assertEchoes(first);
        assertEchoes(second);
        assertThat(events.all(ConnectionEvent.Refused.class)).hasSize(3);
    }

    @Test
    @Rule("T-15")
    void aQuietHourLetsInNoMoreAtOnceThanAQuietSecond() {
        listen(anyPort().withAcceptRate(2), RecordingHandler::echo);
        advance(Duration.ofHours(1));
        next();
        next();

        dial(listener.address()).expectEof();
    }

    @Test
    @Rule("T-15")
    void whoIsRefusedDoesNotCount() {
        listen(anyPort().withAcceptRate(2).withMaxConnections(1), RecordingHandler::echo);
        Session first = next();
        dial(listener.address()).expectEof();
        dial(listener.address()).expectEof();

        first.peer().close();
        await.until("the listener has no connection", () -> listener.connections() == 0);

        assertEchoes(next());
    }

    @Test
    @Rule("T-8")
    void anAcceptThatFailsIsReportedAndTriedAgain() {
        Session before = serveEcho();
        int failures = 3;
        env.failAccepts(transport, failures);
        Peer first = dial(listener.address());

        await.until("it was tried again until it went well", () -> {
            advance(Duration.ofSeconds(1));
            return protocol.handlers().size() == 2 && reported() == failures;
        });

        assertEchoes(before);
        assertEchoes(new Session(first, protocol.handler(1)));
        assertEchoes(next());
        assertThat(events.all(ConnectionEvent.AcceptFailed.class))
                .hasSize(failures)
                .allSatisfy(event -> {
                    assertThat(event.listener()).isEqualTo(listener.address());
                    assertThat(event.retryIn()).isPositive();
                });
    }

    @Test
    @Rule("T-8")
    void aFailingAcceptBacksOffAndDoesNotSpin() {
        Session before = serveEcho();
        env.failAccepts(transport, Integer.MAX_VALUE);
        dial(listener.address());
        events.await(ConnectionEvent.AcceptFailed.class);

        settle(before.connection());

        assertThat(events.all(ConnectionEvent.AcceptFailed.class)).hasSize(1);
    }

    @Test
    @Rule("T-13")
    void aConnectionIsToldAsOpenedAndThenClosedWithItsBytes() {
        Session session = serveEcho();
        assertEchoes(session);
        advance(Duration.ofSeconds(7));

        session.peer().close();

        ConnectionEvent.Closed closed = closedEvent(session.id());
        ConnectionEvent.Opened opened = events.await(ConnectionEvent.Opened.class);
        assertThat(opened)
                .isEqualTo(new ConnectionEvent.Opened(
                        session.id(), listener.address(), session.connection().remote()));
        assertThat(closed)
                .isEqualTo(new ConnectionEvent.Closed(
                        session.id(),
                        session.connection().remote(),
                        CloseReason.PEER,
                        closed.detail(),
                        "still here".length(),
                        "still here".length(),
                        0,
                        Duration.ofSeconds(7)));
        await.settle();
        assertThat(events.all(ConnectionEvent.class)).containsExactly(opened, closed);
    }

    @Test
    @Rule("T-13")
    void bothEndsKnowOneAnothersAddress() {
        Session session = serveEcho();

        assertThat(session.connection().local()).isEqualTo(listener.address());
        assertThat(session.connection().remote()).isEqualTo(session.peer().local());
    }

    private int reported() {
        return events.all(ConnectionEvent.AcceptFailed.class).size();
    }
}
