package io.edgewire.transport.core;

import static io.edgewire.transport.core.LoopConnection.State.CLOSED;
import static io.edgewire.transport.core.LoopConnection.State.CONNECTING;
import static io.edgewire.transport.core.LoopConnection.State.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ConnectionTimeouts;
import io.edgewire.api.event.ConnectionEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Every arrow from CONNECTING and OPEN in the diagram of {@link LoopConnection}. */
class LoopConnectionStatesTest extends LoopConnectionFixture {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void establishedOpensIt() {
        assertThat(state()).isEqualTo(CONNECTING);
        assertThat(connection.send("too early")).isFalse();
        open();
        assertThat(state()).isEqualTo(OPEN);
        assertThat(script.calls).containsExactly("open");
        assertThat(connection.local()).isEqualTo(HERE);
        assertThat(loop.told).containsExactly(new ConnectionEvent.Opened(7, HERE, THERE));
        assertThat(channel.reads).isTrue();
        assertThat(channel.writesWanted).isFalse();
    }

    @Test
    void oneThatCouldNotBeOpenedHearsOnlyTheEnd() {
        connection.unreachable("no route");
        loop.turn();
        connection.established(HERE);
        assertEnded(CloseReason.UNREACHABLE, "closed UNREACHABLE");
        assertThat(closed().detail()).isEqualTo("no route");
        assertThat(closed().open()).isZero();
        assertThat(loop.told(ConnectionEvent.Opened.class)).isEmpty();
    }

    @Test
    void closeBeforeItIsOpenEndsIt() {
        connection.close();
        loop.turn();
        assertEnded(CloseReason.LOCAL, "closed LOCAL");
    }

    @Test
    void abortBeforeItIsOpenEndsIt() {
        connection.abort(CloseReason.LINK_LOST);
        loop.turn();
        assertEnded(CloseReason.LINK_LOST, "closed LINK_LOST");
    }

    @Test
    void anAbortWhileOpenResets() {
        openWithQueued("lost", 1);
        connection.abort(CloseReason.PROTOCOL_ERROR);
        loop.turn();
        assertEnded(CloseReason.PROTOCOL_ERROR, "open", "closed PROTOCOL_ERROR");
        assertThat(channel.reset).isTrue();
        assertThat(closed().bytesOut()).isEqualTo(1);
        assertThat(closed().bytesUnsent()).isEqualTo(3);
    }

    @Test
    void aFailureWhileOpenIsReset() {
        open();
        channel.broken = true;
        read();
        assertEnded(CloseReason.RESET, "open", "closed RESET");
        assertThat(closed().detail()).isEqualTo("Connection reset by peer");
    }

    @Test
    void silenceWhileOpenIsIdle() {
        open(timeouts().withTimeouts(ConnectionTimeouts.DEFAULTS.withIdle(MINUTE)));
        loop.advance(MINUTE.minusNanos(1));
        assertThat(state()).isEqualTo(OPEN);
        loop.advance(Duration.ofNanos(1));
        assertEnded(CloseReason.IDLE, "open", "closed IDLE");
        assertThat(closed().open()).isEqualTo(MINUTE);
    }

    @Test
    void theOneTimerSleepsAgainWhenBytesHaveMoved() {
        open(timeouts().withTimeouts(ConnectionTimeouts.DEFAULTS.withIdle(MINUTE)));
        loop.advance(MINUTE.dividedBy(2));
        channel.arrives("x");
        read();
        assertThat(loop.timers().size()).isEqualTo(1);
        loop.advance(MINUTE.minusNanos(1));
        assertThat(state()).isEqualTo(OPEN);
        loop.advance(Duration.ofNanos(1));
        assertThat(state()).isEqualTo(CLOSED);
    }

    @Test
    void bytesThatNobodyTakesAreWriteStalled() {
        openWithQueued("stuck", 0);
        loop.advance(MINUTE);
        assertEnded(CloseReason.WRITE_STALLED, "open", "closed WRITE_STALLED");
        assertThat(channel.reset).isTrue();
    }

    @Test
    void theLifetimeEndsIt() {
        open(timeouts().withTimeouts(ConnectionTimeouts.DEFAULTS.withLifetime(MINUTE)));
        loop.advance(MINUTE);
        assertEnded(CloseReason.LIMIT, "open", "closed LIMIT");
    }

    @Test
    void aHandlerThatThrowsEndsIt() {
        script.onBytes = (c, text) -> {
            throw new StackOverflowError("deep");
        };
        open();
        channel.arrives("x");
        read();
        assertEnded(CloseReason.HANDLER_FAILED, "open", "bytes x", "closed HANDLER_FAILED");
        assertThat(loop.told(ConnectionEvent.HandlerFailed.class)).hasSize(1);
    }

    @Test
    void anExceptionThatCannotEvenBeShownEndsItAllTheSame() {
        script.onBytes = (c, text) -> {
            throw new IllegalStateException() {
                @Override
                public String toString() {
                    throw new UnsupportedOperationException("no text");
                }
            };
        };
        open();
        channel.arrives("x");
        read();
        assertEnded(CloseReason.HANDLER_FAILED, "open", "bytes x", "closed HANDLER_FAILED");
        assertThat(closed().detail()).contains("LoopConnectionStatesTest");
    }

    @Test
    void whatAFailedCallbackHadSentLeavesOnNoOtherConnection() {
        FakeChannel otherChannel = new FakeChannel();
        LoopConnection other = connection(ConnectionOptions.DEFAULTS, otherChannel, new Script());
        other.established(HERE);
        script.onBytes = (c, text) -> {
            c.send("secret");
            throw new IllegalStateException("after a send");
        };
        open();
        channel.arrives("x");
        read();
        other.execute(() -> other.send("public"));
        loop.turn();
        assertThat(otherChannel.takenText()).isEqualTo("public");
    }

    @Test
    void aCloseInTheLoopBeforeTheHandlerIsMadeIsToldToTheHandler() {
        Script late = new Script();
        LoopConnection outgoing = new LoopConnection(8, THERE, ConnectionOptions.DEFAULTS, loop, channel, counting);
        loop.execute(() -> outgoing.start(() -> late));
        outgoing.close();
        loop.tellClosed(); // a timer's callback has this next, and only then come the tasks
        loop.turn();
        assertThat(late.calls).containsExactly("closed LOCAL");
    }

    @Test
    void thePeersFinIsToldOnceAndMakesTheReasonPeer() {
        open();
        channel.arrives("last");
        channel.finArrives();
        read();
        read();
        assertEnded(CloseReason.PEER, "open", "bytes last", "peer closed", "closed PEER");
    }

    @Test
    void afterThePeersFinSendingGoesOnAndNothingIsRead() {
        script.onPeerClosed = c -> {};
        open();
        channel.finArrives();
        read();
        assertThat(state()).isEqualTo(OPEN);
        assertThat(channel.reads).isFalse();
        assertThat(connection.reading()).isFalse();
        connection.execute(() -> connection.send("answer"));
        loop.turn();
        assertThat(channel.takenText()).isEqualTo("answer");
    }

    @Test
    void afterTheEndEverythingIsHarmless() {
        open();
        connection.abort(CloseReason.PROTOCOL_ERROR);
        loop.turn();
        connection.abort(CloseReason.SHUTDOWN);
        connection.close();
        connection.pauseReading();
        connection.resumeReading();
        connection.readReady();
        connection.writeReady();
        connection.drain(() -> {});
        loop.turn();
        assertThat(connection.send("x")).isFalse();
        assertThat(connection.execute(() -> {})).isFalse();
        assertThat(connection.after(Duration.ZERO, () -> {}).cancel()).isFalse();
        assertEnded(CloseReason.PROTOCOL_ERROR, "open", "closed PROTOCOL_ERROR");
    }

    @Test
    void aFactoryThatFailsEndsItUnopened() {
        LoopConnection other = new LoopConnection(8, THERE, ConnectionOptions.DEFAULTS, loop, channel, counting);
        assertThat(other.start(() -> null)).isFalse();
        loop.turn();
        assertThat(closed().reason()).isEqualTo(CloseReason.HANDLER_FAILED);
        assertThat(loop.told(ConnectionEvent.HandlerFailed.class)).hasSize(1);
        assertThat(owner).containsExactly("released", "gone");
    }

    private static ConnectionOptions timeouts() {
        return ConnectionOptions.DEFAULTS;
    }
}
