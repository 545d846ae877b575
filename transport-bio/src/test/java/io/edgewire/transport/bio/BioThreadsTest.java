package io.edgewire.transport.bio;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.testkit.Call;
import io.edgewire.testkit.RecordingHandler;
import io.edgewire.testkit.SocketPeer;
import io.edgewire.transport.core.SendBudget;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Which thread does what, and how many there are. */
class BioThreadsTest extends BioFixture {
    private static final int MIB = 1024 * 1024;

    @Test
    void anIdleConnectionHasOneThread() {
        listen(RecordingHandler::echo);
        for (int i = 0; i < 3; i++) {
            SocketPeer peer = dial();
            peer.send("x");
            peer.expect("x");
        }

        assertThat(threads.alive())
                .containsExactlyInAnyOrder(
                        "edgewire-bio-timer",
                        "edgewire-bio-accept-" + listener.address().getPort(),
                        "edgewire-bio-1",
                        "edgewire-bio-2",
                        "edgewire-bio-3");
    }

    @Test
    void theReaderAnswersByItself() {
        listen(handler -> handler.whenBytes((connection, in) -> {
            connection.execute(() -> connection.send("from a task"));
            connection.send("from the callback, ");
        }));

        SocketPeer peer = dial();
        peer.send("x");

        peer.expect("from the callback, from a task");
        assertThat(helpersMade()).isEmpty();
    }

    @Test
    void aHelperWritesForOtherThreadsAndEnds() {
        listen(handler -> {});
        SocketPeer peer = dial();
        Connection connection = openConnection(0);
        awaitReaderBlocked();

        connection.send("from outside");

        peer.expect("from outside");
        assertThat(helpersMade()).isNotEmpty();
        await.until("the helper has ended", () -> helpersAlive().isEmpty());
    }

    @Test
    void aTimersTaskDoesNotRunOnTheTimerThread() {
        listen(handler -> {});
        dial();
        CompletableFuture<String> ran = new CompletableFuture<>();
        openConnection(0)
                .after(
                        Duration.ofSeconds(1),
                        () -> ran.complete(Thread.currentThread().getName()));

        clock.advance(Duration.ofSeconds(1));

        await.until("the task has run", ran::isDone);
        assertThat(ran.join()).startsWith("edgewire-bio-1");
    }

    @Test
    void switchedOffNobodyLooksForBlockedHandlers() {
        CountDownLatch gate = gate();
        listen(handler -> handler.whenBytes((connection, in) -> pass(gate)));
        dial().send("x");
        protocol.handler(0).await(Call.BYTES);
        for (int i = 0; i < 10; i++) {
            clock.advance(Duration.ofSeconds(1));
            await.settle();
        }
        assertThat(events.all(ConnectionEvent.HandlerBlocked.class)).isEmpty();
    }

    @Test
    void aBlockedHandlerDelaysNoOtherConnectionsTimers() {
        CountDownLatch gate = gate();
        listen(handler -> handler.whenBytes((connection, in) -> pass(gate)));
        dial().send("x");
        protocol.handler(0).await(Call.BYTES);
        Connection blocked = protocol.handler(0).connection();
        dial();
        Connection free = openConnection(1);
        CompletableFuture<Void> never = new CompletableFuture<>();
        CompletableFuture<Void> ran = new CompletableFuture<>();
        blocked.after(Duration.ofSeconds(1), () -> never.complete(null));
        free.after(Duration.ofSeconds(1), () -> ran.complete(null));

        clock.advance(Duration.ofSeconds(1));

        await.until("the free one's timer has run", ran::isDone);
        assertThat(never).isNotDone();
        gate.countDown();
        await.until("the blocked one's timer has run", never::isDone);
    }

    @Test
    void aWriteThatIsStuckHoldsUpNeitherReadingNorTimersBelowTheHighMark() {
        listen(
                roomy(),
                handler -> handler.whenBytes((connection, in) -> {
                    if (in.remaining() == 1) {
                        connection.send(ByteBuffer.allocate(4 * MIB));
                    }
                }));
        SocketPeer peer = dial();
        peer.send("x");
        await.until("the write is a helper's", () -> !helpersAlive().isEmpty());

        peer.send("more");
        protocol.handler(0).awaitBytes("xmore".length());
        CompletableFuture<Void> ran = new CompletableFuture<>();
        protocol.handler(0).connection().after(Duration.ZERO, () -> ran.complete(null));
        await.until("the timer has run", ran::isDone);

        assertThat(peer.receive(4 * MIB)).hasSize(4 * MIB);
        await.until("the helpers have ended", () -> helpersAlive().isEmpty());
    }

    @Test
    void aStuckWriteIsEndedByAnAbort() {
        listen(roomy(), handler -> {});
        dial();
        Connection connection = openConnection(0);
        connection.send(ByteBuffer.allocate(4 * MIB));

        connection.abort(CloseReason.PROTOCOL_ERROR);

        assertThat(protocol.handler(0).awaitClosed()).isEqualTo(CloseReason.PROTOCOL_ERROR);
        ConnectionEvent.Closed closed = events.await(ConnectionEvent.Closed.class);
        assertThat(closed.bytesOut() + closed.bytesUnsent()).isEqualTo(4 * MIB);
        await.until("its threads have ended", () -> threads.alive().size() == 2);
    }

    @Test
    void anEndedConnectionLeavesNoTimerAndNoShareOfTheBudget() {
        listen(roomy(), handler -> {});
        dial();
        BioConnection connection = (BioConnection) openConnection(0);
        connection.after(Duration.ofHours(1), () -> {});
        connection.send(ByteBuffer.allocate(4 * MIB));
        await.until("the timer waits", () -> connection.services.timers().waiting() > 0);

        connection.abort(CloseReason.PROTOCOL_ERROR);

        protocol.handler(0).awaitClosed();
        assertThat(connection.services.budget().queued()).isZero();
        await.until(
                "no timer waits any more", () -> connection.services.timers().waiting() == 0);
    }

    @Test
    void anEndedConnectionWaitsForTheBudgetNoLonger() {
        listen(roomy(), handler -> {});
        SocketPeer peer = dial();
        BioConnection connection = (BioConnection) openConnection(0);
        SendBudget budget = connection.services.budget();
        long moreThanThereIs = Long.MAX_VALUE / 2;
        budget.change(moreThanThereIs);
        connection.send(ByteBuffer.allocate(4 * MIB));
        peer.send("x");
        await.until("the reader waits for the budget", () -> budget.waiting() == 1);

        connection.abort(CloseReason.PROTOCOL_ERROR);

        protocol.handler(0).awaitClosed();
        assertThat(budget.waiting()).isZero();
        budget.change(-moreThanThereIs);
    }

    @Test
    void anInterruptThatAHandlerLeavesBehindDoesNotCloseItsConnection() {
        listen(handler -> handler.whenBytes((connection, in) -> {
            Thread.currentThread().interrupt();
            connection.send(in);
        }));
        SocketPeer peer = dial();

        for (int i = 0; i < 3; i++) {
            peer.send("x");
            peer.expect("x");
        }
    }

    @Test
    void aTaskThatGivesItselfAgainStarvesNeitherReadingNorWriting() {
        listen(handler -> handler.echo().whenOpen(BioThreadsTest::again));
        SocketPeer peer = dial();

        peer.send("still here");

        peer.expect("still here");
    }

    @Test
    void aConnectionThatGetsNoThreadIsRefusedAndTheNextIsServed() {
        listen(RecordingHandler::echo);
        threads.refuse(1);

        dial().expectEof();
        ConnectionEvent.AcceptFailed failed = events.await(ConnectionEvent.AcceptFailed.class);
        assertThat(failed.cause()).hasMessageContaining("could not be started");
        assertThat(listener.connections()).isZero();

        SocketPeer next = dial();
        clock.advance(failed.retryIn());
        next.send("x");
        next.expect("x");
        assertThat(events.all(ConnectionEvent.AcceptFailed.class)).hasSize(1);
    }

    @Test
    void anAbortAfterOurFinTakesTheLastAnswerAwayFromNobody() {
        int answer = 160 * 1024; // what the peer's window does not hold waits in our kernel, and an RST would drop it
        listen(
                ConnectionOptions.DEFAULTS.withSocketSendBuffer(MIB),
                handler -> handler.whenOpen(connection -> {
                    connection.send(ByteBuffer.allocate(answer));
                    connection.close();
                }));
        SocketPeer peer = dial();
        BioConnection connection = (BioConnection) openConnection(0);
        await.until("the FIN is sent", () -> {
            connection.roster.enter();
            try {
                return connection.agenda.phase == Phase.FIN_SENT;
            } finally {
                connection.roster.exit();
            }
        });

        connection.abort(CloseReason.SHUTDOWN);

        assertThat(protocol.handler(0).awaitClosed()).isEqualTo(CloseReason.LOCAL);
        assertThat(peer.receive(answer)).hasSize(answer);
        peer.expectEof();
    }

    @Test
    void anExceptionThatCannotEvenBeShownEndsItsConnection() {
        listen(handler -> handler.whenBytes((connection, in) -> {
            throw new IllegalStateException() {
                @Override
                public String toString() {
                    throw new UnsupportedOperationException("no text");
                }
            };
        }));
        dial().send("x");
        protocol.handler(0).await(Call.OPEN);

        assertThat(protocol.handler(0).awaitClosed()).isEqualTo(CloseReason.HANDLER_FAILED);
    }

    @Test
    void aHelperThatCannotBeStartedIsTriedAgain() {
        listen(handler -> {});
        SocketPeer peer = dial();
        Connection connection = openConnection(0);
        awaitReaderBlocked();
        threads.refuse(1);

        connection.send("late");
        await.until("the helper was refused", threads::refusedAll);
        assertThat(helpersMade()).isEmpty();
        clock.advance(Duration.ofSeconds(1));

        peer.expect("late");
    }

    @Test
    void stopAnswersAlthoughAHandlerBlocks() {
        CountDownLatch gate = gate();
        listen(handler -> handler.whenBytes((connection, in) -> pass(gate)));
        dial().send("x");
        protocol.handler(0).await(Call.BYTES);

        listener.abort(CloseReason.LINK_LOST);

        assertThat(protocol.handler(0).closed()).isEmpty();
        gate.countDown();
        assertThat(protocol.handler(0).awaitClosed()).isEqualTo(CloseReason.LINK_LOST);
    }

    private static void again(Connection connection) {
        connection.execute(() -> again(connection));
    }

    private static ConnectionOptions roomy() {
        return ConnectionOptions.DEFAULTS.withSendQueue(0, 8 * MIB, 16 * MIB).withSocketSendBuffer(32 * 1024);
    }

    private Connection openConnection(int index) {
        protocol.handler(index).await(Call.OPEN);
        return protocol.handler(index).connection();
    }

    /** Until then the reader would do by itself what these tests want a helper for. */
    private void awaitReaderBlocked() {
        BioConnection connection = (BioConnection) protocol.handler(0).connection();
        await.until("the reader is in its read", () -> {
            connection.roster.enter();
            try {
                return connection.agenda.currentRead() > 0;
            } finally {
                connection.roster.exit();
            }
        });
    }

    private List<String> helpersMade() {
        return threads.made().stream().filter(name -> name.endsWith("-helper")).toList();
    }

    private List<String> helpersAlive() {
        return threads.alive().stream().filter(name -> name.endsWith("-helper")).toList();
    }
}
