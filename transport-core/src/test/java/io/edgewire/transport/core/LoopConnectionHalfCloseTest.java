package io.edgewire.transport.core;

import static io.edgewire.transport.core.LoopConnection.State.LINGERING;
import static io.edgewire.transport.core.LoopConnection.State.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our FIN before the end (C-30), and what is said before the beginning. */
class LoopConnectionHalfCloseTest extends LoopConnectionFixture {
    enum Ending {
        SHUTDOWN_OUTPUT(Connection::shutdownOutput),
        CLOSE(Connection::close),
        ABORT(connection -> connection.abort(CloseReason.LIMIT));

        private final Consumer<Connection> call;

        Ending(Consumer<Connection> call) {
            this.call = call;
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterAnEndThatWasSaidBeforeTheOpeningNothingIsSent(Ending ending) {
        boolean[] sent = {true, true};
        script.onOpen = opened -> sent[0] = opened.send("too late");
        elsewhere(() -> ending.call.accept(connection));
        connection.established(HERE);
        elsewhere(() -> sent[1] = connection.send("later still"));
        loop.turn();
        assertThat(sent).containsExactly(false, false);
        assertThat(channel.takenText()).isEmpty();
    }

    @Test
    void askedForBeforeTheOpeningOurFinFollowsItAndThePeerIsHeard() {
        connection.shutdownOutput();
        loop.turn();
        open();
        assertThat(channel.finSent).isTrue();
        assertThat(state()).isEqualTo(OPEN);
        channel.arrives("answer");
        read();
        assertThat(script.calls).containsExactly("open", "bytes answer");
    }

    @Test
    void ourFinGoesOnceAndBehindWhatIsQueued() {
        channel.room = 3;
        open();
        connection.execute(() -> connection.send("goodbye"));
        loop.turn();
        connection.shutdownOutput();
        loop.turn();
        assertThat(channel.finSent).isFalse();
        assertThat(connection.send("more")).isFalse();
        room(100);
        assertThat(channel.takenText()).isEqualTo("goodbye");
        assertThat(channel.finSent).isTrue();
        channel.finSent = false;
        channel.arrives("x");
        read();
        assertThat(channel.finSent).isFalse();
    }

    @Test
    void afterOurFinThePeersOwnEndsItWithPeer() {
        open();
        connection.shutdownOutput();
        loop.turn();
        channel.finArrives();
        read();
        assertThat(script.calls).containsExactly("open", "peer closed", "closed PEER");
    }

    @Test
    void aCloseAfterOurFinOnlyWaitsForThePeers() {
        open();
        connection.shutdownOutput();
        loop.turn();
        connection.close();
        loop.turn();
        assertThat(state()).isEqualTo(LINGERING);
        channel.finArrives();
        read();
        assertThat(script.calls).containsExactly("open", "closed LOCAL");
    }
}
