package io.edgewire.transport.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.ConnectionOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a loop survives, and what it costs. */
class LoopTest extends LoopConnectionFixture {
    private final Thread thread = Thread.currentThread();

    @AfterEach
    void forgetTheHandler() {
        thread.setUncaughtExceptionHandler(null);
    }

    @Test
    void aLoopThatServesNoConnectionHasNoBuffers() {
        assertThat(loop.in.capacity() + loop.out.capacity()).isZero();
        open();
        assertThat(loop.in.capacity()).isEqualTo(ConnectionOptions.LARGEST_READ);
        assertThat(loop.out.capacity()).isEqualTo(2 * ConnectionOptions.LARGEST_READ);
    }

    @Test
    void aRushOfTimersHasItsTurnInPartsSoThatTheNetworkHasOneInBetween() {
        int[] ran = new int[1];
        int many = 3000;
        for (int i = 0; i < many; i++) {
            loop.timers().add(new Counting(ran), loop.nanos());
        }
        loop.runDueTimers(loop.nanos());
        assertThat(ran[0]).isBetween(1, many - 1);

        while (loop.timers().untilNext(loop.nanos()) == 0) {
            loop.runDueTimers(loop.nanos());
        }
        assertThat(ran[0]).isEqualTo(many);
    }

    @Test
    void aTimerOfACallbackReachesTheSharedHeapOnlyWhenTheCallbackIsOver() {
        List<Integer> waiting = new ArrayList<>();
        script.onBytes = (c, text) -> {
            c.after(Duration.ofHours(1), () -> {});
            c.after(Duration.ofHours(1), () -> {}).cancel();
            waiting.add(loop.timers().size());
        };
        open();
        int before = loop.timers().size();
        channel.arrives("x");
        read();
        assertThat(waiting).containsExactly(before);
        assertThat(loop.timers().size()).isEqualTo(before + 1);

        connection.abort(CloseReason.SHUTDOWN);
        loop.turn();
        assertThat(loop.timers().size()).isZero();
    }

    @Test
    void anEndThatTheHandlersStackCutShortIsFinishedWhenTheCallbackIsOver() {
        FakeChannel narrow = new FakeChannel() {
            private boolean tried;

            @Override
            public void reset() {
                if (!tried) {
                    tried = true;
                    throw new StackOverflowError("the end of the stack");
                }
                super.reset();
            }
        };
        script.onOpen = c -> c.abort(CloseReason.PROTOCOL_ERROR);
        connection = connection(ConnectionOptions.DEFAULTS, narrow, script);
        open();
        assertThat(narrow.reset).isTrue();
        assertThat(script.calls).containsExactly("open", "closed PROTOCOL_ERROR");
        assertThat(owner).containsExactly("released", "gone");
    }

    @Test
    void aHandlerOfUncaughtErrorsThatThrowsDoesNotEndTheLoop() {
        thread.setUncaughtExceptionHandler((in, thrown) -> {
            throw new IllegalStateException("the reporter is broken");
        });
        List<String> ran = new ArrayList<>();
        loop.execute(() -> {
            throw new IllegalStateException("of the loop's own work");
        });
        loop.execute(() -> ran.add("next"));
        loop.turn();
        assertThat(ran).containsExactly("next");
    }

    @Test
    void anOwnerThatFailsKeepsNoOtherConnectionFromHearingItsEnd() {
        List<Throwable> reported = new ArrayList<>();
        thread.setUncaughtExceptionHandler((in, thrown) -> reported.add(thrown));
        LoopConnection failing =
                new LoopConnection(8, THERE, ConnectionOptions.DEFAULTS, loop, new FakeChannel(), new FailingOwner());
        failing.start(Script::new);
        failing.abort(CloseReason.SHUTDOWN);
        connection.abort(CloseReason.SHUTDOWN);
        loop.turn();
        assertThat(script.calls).containsExactly("closed SHUTDOWN");
        assertThat(owner).containsExactly("released", "gone");
        assertThat(reported).hasSize(1);
    }

    private static final class Counting extends TimerHeap.Entry {
        private final int[] ran;

        Counting(int[] ran) {
            this.ran = ran;
        }

        @Override
        public void run() {
            ran[0]++;
        }
    }

    private static final class FailingOwner implements ConnectionOwner {
        @Override
        public void released(LoopConnection connection) {
            throw new IllegalStateException("counting failed");
        }

        @Override
        public void gone(LoopConnection connection) {}
    }
}
