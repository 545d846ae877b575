package io.edgewire.transport.core;

import static io.edgewire.transport.core.LoopConnection.State.FLUSHING;
import static io.edgewire.transport.core.LoopConnection.State.LINGERING;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Every arrow to and from FLUSHING and LINGERING in the diagram of {@link LoopConnection}. */
class LoopConnectionClosingTest extends LoopConnectionFixture {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void closeWithNothingQueuedSendsFinAndLingers() {
        open();
        connection.close();
        loop.turn();
        assertThat(state()).isEqualTo(LINGERING);
        assertThat(channel.finSent).isTrue();
        assertThat(channel.reads).isTrue();
        assertThat(script.calls).containsExactly("open");
    }

    @Test
    void closeWithSomethingQueuedSendsItFirst() {
        openWithQueued("goodbye", 3);
        connection.close();
        loop.turn();
        assertThat(state()).isEqualTo(FLUSHING);
        assertThat(connection.send("more")).isFalse();
        assertThat(channel.finSent).isFalse();
        room(100);
        assertThat(state()).isEqualTo(LINGERING);
        assertThat(channel.takenText()).isEqualTo("goodbye");
        assertThat(channel.finSent).isTrue();
    }

    @Test
    void whileFlushingAFailureIsTheReasonForSomethingWasLost() {
        flushing();
        channel.broken = true;
        room(100);
        assertEnded(CloseReason.RESET, "open", "closed RESET");
    }

    @Test
    void whileFlushingAnAbortIsTheReason() {
        flushing();
        connection.abort(CloseReason.SHUTDOWN);
        loop.turn();
        assertEnded(CloseReason.SHUTDOWN, "open", "closed SHUTDOWN");
    }

    @Test
    void whileFlushingTheWriteTimeoutGoesOn() {
        flushing();
        loop.advance(MINUTE);
        assertEnded(CloseReason.WRITE_STALLED, "open", "closed WRITE_STALLED");
    }

    @Test
    void whileFlushingATaskThatThrowsIsTheReason() {
        flushing();
        connection.execute(() -> {
            throw new IllegalStateException("in a task");
        });
        loop.turn();
        assertEnded(CloseReason.HANDLER_FAILED, "open", "closed HANDLER_FAILED");
    }

    @Test
    void whileFlushingInputIsThrownAwayAndThePeersFinIsKept() {
        flushing();
        channel.arrives("ignored");
        channel.finArrives();
        read();
        read();
        assertThat(state()).isEqualTo(FLUSHING);
        assertThat(channel.reads).isFalse();
        room(100);
        assertEnded(CloseReason.LOCAL, "open", "closed LOCAL");
        assertThat(channel.closed).isTrue();
        assertThat(closed().bytesIn()).isEqualTo("ignored".length());
    }

    @Test
    void thePeersFinEndsTheLingering() {
        lingering();
        channel.arrives("ignored");
        channel.finArrives();
        read();
        read();
        assertEnded(CloseReason.LOCAL, "open", "closed LOCAL");
        assertThat(channel.closed).isTrue();
        assertThat(channel.reset).isFalse();
    }

    @Test
    void theCloseTimeoutEndsTheLingering() {
        lingering();
        loop.advance(Duration.ofSeconds(5).minusNanos(1));
        assertThat(state()).isEqualTo(LINGERING);
        loop.advance(Duration.ofNanos(1));
        assertEnded(CloseReason.LOCAL, "open", "closed LOCAL");
    }

    @Test
    void anAbortEndsTheLingeringButChangesNoReasonAndTakesNothingAway() {
        lingering();
        connection.abort(CloseReason.SHUTDOWN);
        loop.turn();
        assertEnded(CloseReason.LOCAL, "open", "closed LOCAL");
        assertThat(channel.reset).isFalse();
        assertThat(channel.closed).isTrue();
    }

    @Test
    void aFailureEndsTheLingeringButChangesNoReason() {
        lingering();
        channel.broken = true;
        read();
        assertEnded(CloseReason.LOCAL, "open", "closed LOCAL");
    }

    private void flushing() {
        openWithQueued("goodbye", 0);
        connection.close();
        loop.turn();
        assertThat(state()).isEqualTo(FLUSHING);
    }

    private void lingering() {
        open();
        connection.close();
        loop.turn();
        assertThat(state()).isEqualTo(LINGERING);
    }
}
