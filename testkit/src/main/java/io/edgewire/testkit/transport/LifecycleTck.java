package io.edgewire.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.edgewire.api.CloseReason;
import io.edgewire.api.ConnectOptions;
import io.edgewire.api.ListenOptions;
import io.edgewire.api.Listener;
import io.edgewire.api.StopOutcome;
import io.edgewire.api.TransportException;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.testkit.Call;
import io.edgewire.testkit.RecordingHandler;
import io.edgewire.testkit.RecordingProtocol;
import io.edgewire.testkit.Rule;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** How transports and listeners begin and end: T-1 to T-3, T-7, T-9, T-12. */
public abstract class LifecycleTck extends TransportFixture {
    /** For subclasses. */
    protected LifecycleTck() {}

    @Test
    @Rule("T-1")
    void createdIsNotStarted() {
        long before = env.openSockets();

        transport = newTransport(BUDGET);

        assertThat(threads.made()).isZero();
        assertThat(env.openSockets()).isEqualTo(before);
    }

    @Test
    @Rule("T-1")
    @Rule("T-9")
    void closingOneThatNeverStartedStartsNothing() {
        transport.close();

        assertThat(threads.made()).isZero();
    }

    @Test
    @Rule("T-2")
    void listenReturnsWithThePortBoundAndAccepting() {
        listen(anyPort(), RecordingHandler::echo);

        assertThat(listener.address().getPort()).isPositive();
        assertThat(listener.address().getAddress()).isEqualTo(env.anyPort().getAddress());
        assertEchoes(next());
    }

    @Test
    @Rule("T-2")
    void theAddressIsToldAfterTheStopToo() {
        listen(anyPort(), RecordingHandler::echo);
        InetSocketAddress address = listener.address();

        listener.stop(Duration.ZERO);

        assertThat(listener.address()).isEqualTo(address);
    }

    @Test
    @Rule("T-3")
    void aPortInUseIsToldAsSuchAndByItsNumber() {
        InetSocketAddress taken = listen(anyPort(), RecordingHandler::echo).address();

        TransportException failure = bindFailure(taken);

        assertThat(failure.kind()).isEqualTo(TransportException.Kind.ADDRESS_IN_USE);
        assertThat(failure)
                .hasMessageContaining(String.valueOf(taken.getPort()))
                .hasMessageContaining(taken.getAddress().getHostAddress());
        assertEchoes(next());
    }

    @Test
    @Rule("T-3")
    void anAddressOfAnotherMachineIsToldAsSuchAndTheTransportStaysUsable() {
        InetSocketAddress foreign = env.foreignAddress();

        TransportException failure = bindFailure(foreign);

        assertThat(failure.kind()).isEqualTo(TransportException.Kind.ADDRESS_NOT_LOCAL);
        assertThat(failure).hasMessageContaining(foreign.getAddress().getHostAddress());
        assertEchoes(serveEcho());
    }

    @Test
    @Rule("T-7")
    void stoppingAndClosingAgainDoesNothing() {
        listen(anyPort(), RecordingHandler::echo);

        assertThat(listener.stop(Duration.ZERO)).isEqualTo(StopOutcome.DRAINED);
        assertThat(listener.stop(Duration.ofDays(1))).isEqualTo(StopOutcome.NOT_RUNNING);
        listener.abort(CloseReason.LINK_LOST);
        listener.close();
        transport.close();
        transport.close();
        listener.abort(CloseReason.LINK_LOST);
        assertThat(listener.stop(Duration.ofDays(1))).isEqualTo(StopOutcome.NOT_RUNNING);
    }

    @Test
    @Rule("T-7")
    void abortOfAListenerEndsItsConnectionsWithTheReasonAndFreesThePort() {
        Session session = serveEcho();

        listener.abort(CloseReason.LINK_LOST);

        assertThat(session.handler().closed()).contains(CloseReason.LINK_LOST);
        session.peer().expectReset();
        listen(ListenOptions.on(listener.address()), RecordingHandler::echo);
        assertEchoes(next());
    }

    @Test
    @Rule("T-7")
    void endingItFromACallbackIsRefusedAndChangesNothing() {
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        Session session = serve(handler -> handler.whenBytes((connection, in) -> {
            thrown.addAll(endEverything());
            connection.send(in);
        }));

        assertEchoes(session);

        assertThat(thrown).hasSize(4).allSatisfy(e -> assertThat(e).isInstanceOf(IllegalStateException.class));
        thrown.clear();
        assertThat(session.connection().execute(() -> thrown.addAll(endEverything())))
                .isTrue();
        await.until("the task has tried", () -> thrown.size() == 4);
        assertThat(thrown).allSatisfy(e -> assertThat(e).isInstanceOf(IllegalStateException.class));
        assertEchoes(session);
        assertEchoes(next());
    }

    @Test
    @Rule("T-9")
    void closeEndsListenersConnectionsAndThreads() {
        List<Session> sessions = new ArrayList<>(List.of(serveEcho(), next()));
        InetSocketAddress first = listener.address();
        sessions.add(serveEcho());
        InetSocketAddress second = listener.address();

        transport.close();

        assertThat(sessions)
                .allSatisfy(session -> assertThat(session.handler().closed()).contains(CloseReason.SHUTDOWN));
        sessions.forEach(session -> session.peer().expectReset());
        await.until("every thread has ended", () -> threads.alive().isEmpty());
        assertThatThrownBy(() -> dial(first)).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> dial(second)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    @Rule("T-9")
    void aClosedTransportNeitherListensNorConnects() {
        serveEcho();

        transport.close();

        assertThatIllegalStateException().isThrownBy(() -> listen(anyPort(), RecordingHandler::echo));
        assertThatIllegalStateException()
                .isThrownBy(() -> transport.connect(ConnectOptions.to(listener.address()), RecordingHandler::new));
    }

    @Test
    @Rule("T-12")
    void idsCountFromOneAndAreNotUsedTwice() {
        Session first = serveEcho();
        Session second = next();
        first.peer().close();
        first.awaitClosed();
        Session third = serveEcho();
        RecordingProtocol outgoing = new RecordingProtocol(await, handler -> {});
        long fourth = transport
                .connect(ConnectOptions.to(listener.address()), guard.wrap(outgoing))
                .id();
        outgoing.first().await(Call.OPEN);

        assertThat(first.id()).isEqualTo(1);
        assertThat(List.of(first.id(), second.id(), third.id(), fourth))
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(events.await(ConnectionEvent.Opened.class, 5))
                .extracting(ConnectionEvent.Opened::id)
                .doesNotHaveDuplicates();
    }

    private TransportException bindFailure(InetSocketAddress address) {
        TransportException failure = catchThrowableOfType(
                TransportException.class,
                () -> transport.listen(ListenOptions.on(address), guard.wrap(RecordingHandler::new)));
        assertThat(failure).as("listening on " + address).isNotNull();
        return failure;
    }

    private List<Throwable> endEverything() {
        Listener target = listener;
        List<Throwable> thrown = new ArrayList<>();
        thrown.add(catchThrowable(() -> target.stop(Duration.ZERO)));
        thrown.add(catchThrowable(() -> target.abort(CloseReason.LINK_LOST)));
        thrown.add(catchThrowable(target::close));
        thrown.add(catchThrowable(transport::close));
        return thrown;
    }
}
