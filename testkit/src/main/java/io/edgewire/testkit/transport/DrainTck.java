package io.edgewire.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ConnectionTimeouts;
import io.edgewire.api.ListenOptions;
import io.edgewire.api.Listener;
import io.edgewire.api.StopOutcome;
import io.edgewire.testkit.Call;
import io.edgewire.testkit.Peer;
import io.edgewire.testkit.RecordingHandler;
import io.edgewire.testkit.Rule;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** How a listener stops: T-5, T-6. */
public abstract class DrainTck extends TransportFixture {
    private static final Duration GRACE = Duration.ofMinutes(1);

    /** For subclasses. */
    protected DrainTck() {}

    @Test
    @Rule("T-5")
    void whatHadArrivedIsDeliveredBeforeOnStopping() {
        int size = 40 * KIB;
        Gate gate = gate();
        Session session = serve(handler -> handler.whenBytes((connection, in) -> gate.pass()));
        session.peer().send("x");
        await.until("the handler is busy", gate::isEntered);
        session.peer().send(bytes(size, 5));
        session.peer().halfClose();

        Future<StopOutcome> stop = async(() -> listener.stop(GRACE));
        await.settle();
        gate.open();

        assertThat(get(stop)).isEqualTo(StopOutcome.DRAINED);
        assertThat(session.handler().received()).hasSize(1 + size);
        assertThat(session.handler().calls()).containsSubsequence(Call.BYTES, Call.PEER_CLOSED, Call.CLOSED);
    }

    @Test
    @Rule("T-5")
    void whoeverTheKernelHadAcceptedIsServedToo() {
        Gate gate = gate();
        Session first = serve(handler -> handler.whenBytes((connection, in) -> {
            if (connection.id() == 1) {
                gate.pass();
            }
            connection.send(in);
        }));
        first.peer().send("busy");
        await.until("the handler is busy", gate::isEntered);
        List<Peer> late = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Peer peer = dial(listener.address());
            peer.send("request " + i);
            late.add(peer);
        }

        Future<StopOutcome> stop = async(() -> listener.stop(GRACE));
        await.settle();
        gate.open();

        for (int i = 0; i < late.size(); i++) {
            assertThat(new String(late.get(i).receiveAll())).isEqualTo("request " + i);
            late.get(i).close();
        }
        first.peer().expect("busy");
        first.peer().expectEof();
        first.peer().close();
        assertThat(get(stop)).isEqualTo(StopOutcome.DRAINED);
        assertThat(protocol.handlers())
                .hasSize(11)
                .allSatisfy(handler ->
                        assertThat(handler.calls()).containsSubsequence(Call.BYTES, Call.STOPPING, Call.CLOSED));
    }

    @Test
    @Rule("T-5")
    void aConnectionThatIsPausedHearsOnStoppingAtOnce() {
        Session session = serve(handler -> handler.whenOpen(Connection::pauseReading));
        session.peer().send("unread");
        settle(session.connection());

        Future<StopOutcome> stop = async(() -> listener.stop(GRACE));

        session.handler().await(Call.STOPPING);
        session.peer().expectEof();
        session.peer().close();
        assertThat(get(stop)).isEqualTo(StopOutcome.DRAINED);
        assertThat(session.handler().calls()).containsExactly(Call.OPEN, Call.STOPPING, Call.CLOSED);
        assertThat(session.handler().closed()).contains(CloseReason.LOCAL);
    }

    @Test
    @Rule("T-6")
    void whoSaysGoodbyeInTimeIsDrained() {
        Session session = serve(handler -> handler.echo().whenStopping(connection -> connection.send("finish? ")));

        Future<StopOutcome> stop = async(() -> listener.stop(GRACE));
        session.peer().expect("finish? ");
        assertEchoes(session);
        assertThat(stop.isDone()).isFalse();
        session.peer().close();

        assertThat(get(stop)).isEqualTo(StopOutcome.DRAINED);
        assertThat(session.handler().closed()).contains(CloseReason.PEER);
        assertThat(session.handler().count(Call.STOPPING)).isEqualTo(1);
    }

    @Test
    @Rule("T-6")
    void whoDoesNotEndWithinTheGraceIsCutOff() {
        Session stubborn = serve(handler -> handler.echo().whenStopping(connection -> {}));
        Session second = next();
        Future<StopOutcome> stop = async(() -> listener.stop(GRACE));
        stubborn.handler().await(Call.STOPPING);
        second.peer().close();
        second.awaitClosed();
        advance(GRACE.minusSeconds(1));
        await.settle();
        assertThat(stop.isDone()).isFalse();
        assertEchoes(stubborn);

        advanceUntilDone(stop);

        assertThat(get(stop)).isEqualTo(StopOutcome.FORCED);
        assertThat(stubborn.handler().closed()).contains(CloseReason.SHUTDOWN);
        assertThat(second.handler().closed()).contains(CloseReason.PEER);
        stubborn.peer().expectReset();
    }

    @Test
    @Rule("T-6")
    void aStopThatAnAbortCutsShortWasForced() {
        Session session = serve(handler -> handler.whenStopping(connection -> {}));
        Future<StopOutcome> stop = async(() -> listener.stop(GRACE));
        session.handler().await(Call.STOPPING);

        listener.abort(CloseReason.LINK_LOST);

        assertThat(get(stop)).isEqualTo(StopOutcome.FORCED);
        assertThat(session.handler().closed()).contains(CloseReason.LINK_LOST);
    }

    @Test
    @Rule("T-6")
    void whoStillWaitsForThePeersFinWhenTheGraceIsOverIsCutOffToo() {
        ConnectionTimeouts patient = ConnectionTimeouts.DEFAULTS.withClose(GRACE.multipliedBy(60));
        Session session = serve(timeouts(patient), handler -> {});
        Future<StopOutcome> stop = async(() -> listener.stop(GRACE));
        session.peer().expectEof();

        advanceUntilDone(stop);

        assertThat(get(stop)).isEqualTo(StopOutcome.FORCED);
        assertThat(session.handler().closed()).contains(CloseReason.LOCAL);
    }

    @Test
    @Rule("T-6")
    void aGraceOfCenturiesIsWaitedForAsAnyOther() {
        Session session = serve(handler -> handler.whenStopping(connection -> {}));
        Future<StopOutcome> stop = async(() -> listener.stop(Duration.ofSeconds(Long.MAX_VALUE)));
        session.handler().await(Call.STOPPING);

        session.peer().close();

        assertThat(get(stop)).isEqualTo(StopOutcome.DRAINED);
    }

    @Test
    @Rule("T-6")
    void withoutGraceAndWithoutConnectionsNothingIsCutOff() {
        serve(RecordingHandler::echo).peer().close();
        protocol.first().awaitClosed();

        assertThat(listener.stop(Duration.ZERO)).isEqualTo(StopOutcome.DRAINED);
    }

    @Test
    @Rule("T-6")
    void withoutGraceWhatDoesNotCloseAtOnceIsCutOff() {
        Session session = serve(handler -> handler.echo().whenStopping(connection -> {}));

        assertThat(listener.stop(Duration.ZERO)).isEqualTo(StopOutcome.FORCED);

        assertThat(session.handler().calls()).containsExactly(Call.OPEN, Call.STOPPING, Call.CLOSED);
        assertThat(session.handler().closed()).contains(CloseReason.SHUTDOWN);
    }

    @Test
    @Rule("T-6")
    void onReturnThePortCanBeBoundAgain() {
        Session session = serveEcho();
        session.peer().close();
        session.awaitClosed();

        assertThat(listener.stop(GRACE)).isEqualTo(StopOutcome.DRAINED);

        assertThatThrownBy(() -> dial(listener.address())).isInstanceOf(UncheckedIOException.class);
        listen(ListenOptions.on(listener.address()), RecordingHandler::echo);
        assertEchoes(next());
    }

    @Test
    @Rule("T-6")
    void nobodyIsLetInWhileItDrains() {
        Session session = serve(handler -> handler.whenStopping(connection -> {}));
        Future<StopOutcome> stop = async(() -> listener.stop(GRACE));
        session.handler().await(Call.STOPPING);

        assertThatThrownBy(() -> dial(listener.address())).isInstanceOf(UncheckedIOException.class);

        session.peer().close();
        assertThat(get(stop)).isEqualTo(StopOutcome.DRAINED);
    }

    @Test
    @Rule("T-6")
    void aHandlerThatBlocksDoesNotKeepStopFromReturning() {
        Gate gate = gate();
        Session blocked = serve(handler -> handler.whenBytes((connection, in) -> gate.pass()));
        blocked.peer().send("x");
        await.until("the handler blocks", gate::isEntered);

        Future<StopOutcome> stop = async(() -> listener.stop(GRACE));
        advanceUntilDone(stop);

        assertThat(get(stop)).isEqualTo(StopOutcome.FORCED);
        gate.open();
        assertThat(blocked.awaitClosed()).isEqualTo(CloseReason.SHUTDOWN);
    }

    @Test
    @Rule("T-6")
    void otherListenersOfTheTransportGoOn() {
        serveEcho();
        Listener stopped = listener;
        Session other = serveEcho();

        stopped.stop(Duration.ZERO);

        assertEchoes(other);
        assertEchoes(next());
    }

    private void advanceUntilDone(Future<StopOutcome> stop) {
        await.until("stop returns", () -> {
            advance(Duration.ofSeconds(1));
            return stop.isDone();
        });
    }
}
