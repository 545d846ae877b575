package io.edgewire.transport.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.Timer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bytes, marks, pauses, timers and tasks of a {@link LoopConnection}. */
class LoopConnectionBytesTest extends LoopConnectionFixture {
    private static final ConnectionOptions MARKS = ConnectionOptions.DEFAULTS.withSendQueue(10, 20, 100_000);

    @Test
    void whatACallbackSendsLeavesInOneWrite() {
        script.onBytes = (c, text) -> {
            c.send("recv: ");
            c.send(text);
        };
        open();
        channel.arrives("hello");
        read();
        assertThat(channel.takenText()).isEqualTo("recv: hello");
        assertThat(channel.writes).isEqualTo(1);
    }

    @Test
    void moreThanTheScratchHoldsKeepsItsOrder() {
        script.onOpen = c -> {
            c.send("a".repeat(100_000));
            c.send("b".repeat(100_000));
            c.send("c");
        };
        open();
        assertThat(channel.takenText()).isEqualTo("a".repeat(100_000) + "b".repeat(100_000) + "c");
    }

    @Test
    void whatTheScratchHeldStaysBeforeWhatDidNotFitAlsoWhenTheNetworkTakesLittle() {
        channel.room = 4;
        script.onOpen = c -> {
            c.send("a".repeat(100_000));
            c.send("b".repeat(100_000));
        };
        open();
        room(Integer.MAX_VALUE);
        assertThat(channel.takenText()).isEqualTo("a".repeat(100_000) + "b".repeat(100_000));
    }

    @Test
    void aNetworkThatIsFullIsNotTriedAgainBeforeItSaysSo() {
        channel.room = 4;
        script.onOpen = c -> c.send("0123456789");
        open();
        assertThat(channel.writes).isEqualTo(1);
        room(100);
        assertThat(channel.writes).isEqualTo(2);
    }

    @Test
    void whatTheNetworkDoesNotTakeIsSentWhenItDoesAndInterestEnds() {
        channel.room = 4;
        script.onOpen = c -> c.send("0123456789");
        open();
        assertThat(channel.takenText()).isEqualTo("0123");
        assertThat(channel.writesWanted).isTrue();
        room(3);
        assertThat(channel.writesWanted).isTrue();
        room(100);
        assertThat(channel.takenText()).isEqualTo("0123456789");
        assertThat(channel.writesWanted).isFalse();
    }

    @Test
    void anotherThreadsSendGoesBeforeALaterOneOfTheLoop() {
        script.onBytes = (c, text) -> {
            c.send("1");
            elsewhere(() -> c.send("2"));
            c.send("3");
        };
        open();
        channel.arrives("x");
        read();
        assertThat(channel.takenText()).isEqualTo("123");
    }

    @Test
    void aBurstOfAnotherThreadWakesTheLoopOnce() {
        open();
        int before = loop.executed;
        elsewhere(() -> {
            for (int i = 0; i < 100; i++) {
                connection.send("x");
            }
        });
        loop.turn();
        assertThat(loop.executed - before).isEqualTo(1);
        assertThat(channel.takenBytes()).isEqualTo(100);
    }

    @Test
    void aSendToAnotherConnectionOfTheLoopFollowsTheCallback() {
        FakeChannel otherChannel = new FakeChannel();
        Script otherScript = new Script();
        LoopConnection other = connection(ConnectionOptions.DEFAULTS, otherChannel, otherScript);
        other.established(HERE);
        List<Integer> during = new ArrayList<>();
        script.onBytes = (c, text) -> {
            other.send("to the other");
            c.send("to myself");
            during.add(otherChannel.writes);
        };
        open();
        channel.arrives("x");
        read();
        assertThat(during).containsExactly(0);
        assertThat(otherChannel.takenText()).isEqualTo("to the other");
        assertThat(channel.takenText()).isEqualTo("to myself");
    }

    @Test
    void oneByteBeyondTheLimitAbortsAndTakesNothing() {
        open(MARKS);
        channel.room = 0;
        connection.execute(
                () -> assertThat(connection.send(ByteBuffer.allocate(100_000))).isTrue());
        loop.turn();
        ByteBuffer more = ByteBuffer.allocate(1);
        elsewhere(() -> assertThat(connection.send(more)).isFalse());
        assertThat(more.remaining()).isEqualTo(1);
        loop.turn();
        assertThat(closed().reason()).isEqualTo(CloseReason.SLOW_PEER);
        assertThat(closed().bytesUnsent()).isEqualTo(100_000);
    }

    @Test
    void betweenTheMarksNothingChanges() {
        open(MARKS);
        channel.room = 0;
        sendInTask(20);
        assertThat(connection.writable()).isTrue();
        sendInTask(1);
        assertThat(connection.writable()).isFalse();
        assertThat(connection.reading()).isFalse();
        assertThat(channel.reads).isFalse();

        room(10);
        assertThat(connection.writable()).isFalse();
        assertThat(script.calls).containsExactly("open");
        room(1);
        assertThat(connection.writable()).isTrue();
        assertThat(channel.reads).isTrue();
        assertThat(script.calls).containsExactly("open", "drained");
    }

    @Test
    void onDrainedThatFillsTheQueueAgainIsCalledAgainAndNeverWithinItself() {
        int[] left = {20};
        boolean[] within = {false};
        script.onDrained = c -> {
            assertThat(within[0]).isFalse();
            within[0] = true;
            if (left[0]-- > 0) {
                c.send(ByteBuffer.allocate(30));
            }
            within[0] = false;
        };
        open(MARKS);
        sendInTask(30);
        assertThat(script.calls.stream().filter("drained"::equals)).hasSize(21);
        assertThat(channel.takenBytes()).isEqualTo(21 * 30);
    }

    @Test
    void whileTheBudgetIsSpentOneWithSomethingQueuedIsNotRead() {
        open();
        channel.room = 0;
        sendInTask(1);
        assertThat(connection.reading()).isTrue();
        loop.budget.change(1_000_000);
        sendInTask(1);
        assertThat(connection.reading()).isFalse();
        assertThat(channel.reads).isFalse();

        loop.budget.change(-1_000_000);
        loop.turn();
        assertThat(connection.reading()).isTrue();
        assertThat(channel.reads).isTrue();
    }

    @Test
    void oneThatHasEndedWaitsForNoBudget() {
        open();
        channel.room = 0;
        sendInTask(1);
        loop.budget.change(2_000_000);
        sendInTask(1);
        connection.abort(CloseReason.PROTOCOL_ERROR);
        loop.turn();
        assertThat(loop.budget.waiting()).isZero();
    }

    @Test
    void whatACallbackSendsBeforeItAbortsIsDroppedAndCounted() {
        script.onBytes = (c, text) -> {
            c.send("dropped");
            c.abort(CloseReason.PROTOCOL_ERROR);
        };
        open();
        channel.arrives("x");
        read();
        assertThat(channel.takenText()).isEmpty();
        assertThat(closed().bytesUnsent()).isEqualTo("dropped".length());
    }

    @Test
    void aTimerOfCenturiesWaits() {
        open();
        Timer timer = connection.after(Duration.ofSeconds(Long.MAX_VALUE), () -> script.calls.add("timer"));
        loop.advance(Duration.ofDays(1000));
        assertThat(timer.cancel()).isTrue();
    }

    @Test
    void aPauseWithinACallbackHoldsWhatFollows() {
        script.onBytes = (c, text) -> c.pauseReading();
        open();
        channel.arrives(new byte[ConnectionOptions.LARGEST_READ]);
        channel.arrives("second");
        channel.finArrives();
        read();
        assertThat(script.calls).containsExactly("open", "bytes " + ConnectionOptions.LARGEST_READ);
        assertThat(channel.reads).isFalse();
        connection.resumeReading();
        loop.turn();
        assertThat(channel.reads).isTrue();
    }

    @Test
    void oneThatSendsWithoutEndLetsOthersHaveTheirTurn() {
        open();
        for (int i = 0; i < 100; i++) {
            channel.arrives(new byte[ConnectionOptions.LARGEST_READ]);
        }
        connection.readReady();
        assertThat(channel.unread()).isBetween(90, 99);
    }

    @Test
    void aDrainDeliversWhatHasArrivedAndThenTellsStopping() {
        open();
        channel.arrives("one");
        channel.arrives("two");
        connection.drain(() -> script.calls.add("begun"));
        loop.turn();
        assertThat(script.calls).containsExactly("open", "bytes one", "bytes two", "stopping", "begun");
    }

    @Test
    void aPeerThatSendsWithoutEndCannotHoldUpTheDrain() {
        script.onStopping = c -> {};
        open();
        for (int i = 0; i < 100; i++) {
            channel.arrives(new byte[100]);
        }
        connection.drain(() -> {});
        loop.turn();
        assertThat(script.calls).hasSize(12).endsWith("stopping");
    }

    @Test
    void aHandlerThatHasPausedIsToldAtOnce() {
        open();
        connection.pauseReading();
        channel.arrives("unread");
        connection.drain(() -> {});
        loop.turn();
        assertThat(script.calls).containsExactly("open", "stopping");
    }

    @Test
    void oneThatTheTransportHasPausedIsDrainedWhenItReadsAgain() {
        open(MARKS);
        channel.room = 0;
        sendInTask(50);
        channel.arrives("late");
        connection.drain(() -> {});
        loop.turn();
        assertThat(script.calls).containsExactly("open");
        room(1000);
        assertThat(script.calls).containsExactly("open", "drained", "bytes late", "stopping");
    }

    @Test
    void tasksGivenBeforeItIsOpenFollowOnOpen() {
        connection.execute(() -> script.calls.add("task"));
        connection.after(Duration.ZERO, () -> script.calls.add("timer"));
        loop.turn();
        assertThat(script.calls).isEmpty();
        open();
        assertThat(script.calls).containsExactly("open", "task", "timer");
    }

    @Test
    void tasksThatWaitForTheOpeningCountToo() {
        connection = connection(ConnectionOptions.DEFAULTS.withTaskLimit(2), channel, script);
        for (int i = 0; i < 2; i++) {
            assertThat(connection.execute(() -> {})).isTrue();
            loop.turn();
        }
        assertThat(connection.execute(() -> {})).isFalse();
        loop.turn();
        assertThat(script.calls).containsExactly("closed LIMIT");
    }

    @Test
    void tasksThatWaitedForTheOpeningCountNoLonger() {
        connection = connection(ConnectionOptions.DEFAULTS.withTaskLimit(1), channel, script);
        connection.execute(() -> {});
        loop.turn();
        open();
        assertThat(connection.execute(() -> script.calls.add("task"))).isTrue();
        loop.turn();
        assertThat(script.calls).containsExactly("open", "task");
    }

    @Test
    void moreThanTheLimitOfTasksAborts() {
        open(ConnectionOptions.DEFAULTS.withTaskLimit(2));
        Timer first = connection.after(Duration.ofHours(1), () -> {});
        assertThat(connection.execute(() -> {})).isTrue();
        loop.turn();
        assertThat(first.cancel()).isTrue();
        assertThat(first.cancel()).isFalse();
        connection.after(Duration.ofHours(1), () -> {});
        connection.after(Duration.ofHours(1), () -> {});
        Timer third = connection.after(Duration.ofHours(1), () -> {});
        loop.turn();
        assertThat(third.cancel()).isFalse();
        assertThat(closed().reason()).isEqualTo(CloseReason.LIMIT);
        assertThat(loop.timers().size()).isZero();
    }

    @Test
    void aTimerThatAnotherThreadCancelledDoesNotRun() {
        open();
        Timer timer = connection.after(Duration.ofSeconds(1), () -> script.calls.add("timer"));
        elsewhere(() -> assertThat(timer.cancel()).isTrue());
        loop.advance(Duration.ofSeconds(2));
        assertThat(script.calls).containsExactly("open");
        assertThat(loop.timers().size()).isZero();
    }

    @Test
    void aCloseOfAnotherThreadComesBeforeWhatArrivesLater() {
        open();
        elsewhere(connection::close);
        channel.finArrives();
        connection.readReady();
        loop.turn();
        read();
        assertThat(script.calls).containsExactly("open", "closed LOCAL");
    }

    private void sendInTask(int bytes) {
        connection.execute(() -> connection.send(ByteBuffer.allocate(bytes)));
        loop.turn();
    }
}
