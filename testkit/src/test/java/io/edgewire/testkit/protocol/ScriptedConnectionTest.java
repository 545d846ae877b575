package io.edgewire.testkit.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.testkit.Call;
import io.edgewire.testkit.ManualScheduler;
import io.edgewire.testkit.RecordingHandler;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** It behaves as the transports do, as far as a handler can see. */
class ScriptedConnectionTest {
    private static final ConnectionOptions DEFAULTS = ConnectionOptions.DEFAULTS;

    private final RecordingHandler handler = new RecordingHandler();
    private final ScriptedConnection connection = new ScriptedConnection(handler);

    @Test
    void itCarriesBytesBothWays() {
        handler.echo();
        assertThat(connection.send("too early")).isFalse();
        connection.open();

        connection.deliver("a");
        assertThat(connection.takeSentText()).isEqualTo("a");
        connection.deliver("b");

        assertThat(connection.takeSentText()).isEqualTo("b");
        assertThat(connection.sentText()).isEqualTo("ab");
    }

    @Test
    void aBufferIsOverwrittenAfterItsCall() {
        List<ByteBuffer> kept = new ArrayList<>();
        handler.whenBytes((c, in) -> kept.add(in));
        connection.open();

        connection.deliver("secret");

        assertThat(kept.get(0).isReadOnly()).isTrue();
        assertThat(kept.get(0).get(0)).isNotEqualTo((byte) 's');
    }

    @Test
    void aPausedHandlerHearsNothingUntilItResumes() {
        handler.whenOpen(Connection::pauseReading);
        connection.open();

        connection.deliver("x");
        connection.peerCloses();
        assertThat(handler.calls()).containsExactly(Call.OPEN);
        assertThat(connection.reading()).isFalse();

        connection.resumeReading();
        assertThat(handler.calls()).containsExactly(Call.OPEN, Call.BYTES, Call.PEER_CLOSED, Call.CLOSED);
        assertThat(connection.closed()).contains(CloseReason.PEER);
    }

    @Test
    void aPeerThatDoesNotReadStopsOurReadingUntilItDoes() {
        connection.open();
        connection.peerStopsReading();

        connection.send(ByteBuffer.allocate(DEFAULTS.sendHighMark() + 1));
        connection.deliver("x");
        assertThat(connection.writable()).isFalse();
        assertThat(handler.calls()).containsExactly(Call.OPEN);

        connection.peerReads();
        assertThat(handler.calls()).containsExactly(Call.OPEN, Call.DRAINED, Call.BYTES);
        assertThat(connection.queued()).isZero();
    }

    @Test
    void aSendBeyondTheLimitIsASlowPeer() {
        connection.open();
        connection.peerStopsReading();
        ByteBuffer all = ByteBuffer.allocate(DEFAULTS.sendLimit());

        assertThat(connection.send(all)).isTrue();
        assertThat(connection.send("x")).isFalse();

        assertThat(handler.closed()).contains(CloseReason.SLOW_PEER);
    }

    @Test
    void closeWaitsForWhatIsQueued() {
        connection.open();
        connection.peerStopsReading();
        connection.send("bye");
        connection.close();
        assertThat(connection.closing()).isTrue();
        assertThat(connection.closed()).isEmpty();
        assertThat(connection.send("more")).isFalse();

        connection.peerReads();

        assertThat(connection.sentText()).isEqualTo("bye");
        assertThat(connection.closed()).contains(CloseReason.LOCAL);
        assertThat(handler.count(Call.CLOSED)).isEqualTo(1);
    }

    @Test
    void theFirstReasonWinsAndIsToldOnce() {
        connection.open();

        connection.abort(CloseReason.PROTOCOL_ERROR);
        connection.peerResets();
        connection.close();
        connection.stopping();

        assertThat(handler.calls()).containsExactly(Call.OPEN, Call.CLOSED);
        assertThat(connection.closed()).contains(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    void aHandlerThatThrowsFailsItsConnection() {
        IllegalStateException fault = new IllegalStateException("planted");
        handler.whenBytes((c, in) -> {
            throw fault;
        });
        connection.open();

        connection.deliver("x");

        assertThat(connection.closed()).contains(CloseReason.HANDLER_FAILED);
        assertThat(connection.failure()).contains(fault);
    }

    @Test
    void tasksRunAfterTheCallbackAndTimersInTheirTime() {
        List<String> order = new ArrayList<>();
        handler.whenOpen(c -> {
            c.execute(() -> order.add("task"));
            c.after(Duration.ofSeconds(1), () -> order.add("timer"));
            c.after(Duration.ofSeconds(1), () -> order.add("cancelled")).cancel();
            order.add("callback");
        });
        connection.open();
        assertThat(order).containsExactly("callback", "task");

        connection.advance(Duration.ofSeconds(1));

        assertThat(order).containsExactly("callback", "task", "timer");
    }

    @Test
    void afterTheEndNothingRuns() {
        List<String> ran = new ArrayList<>();
        connection.open();
        connection.after(Duration.ofSeconds(1), () -> ran.add("timer"));
        connection.close();

        connection.advance(Duration.ofSeconds(1));
        connection.deliver("x");

        assertThat(ran).isEmpty();
        assertThat(connection.execute(() -> ran.add("task"))).isFalse();
        assertThat(connection.after(Duration.ZERO, () -> ran.add("timer")).cancel())
                .isFalse();
        assertThat(handler.calls()).containsExactly(Call.OPEN, Call.CLOSED);
    }

    @Test
    void oneTaskTooManyIsALimit() {
        ScriptedConnection narrow =
                new ScriptedConnection(handler, new ManualScheduler(), DEFAULTS.withTaskLimit(1), 7);
        narrow.open();

        narrow.after(Duration.ofSeconds(1), () -> {});
        assertThat(narrow.execute(() -> {})).isFalse();

        assertThat(narrow.closed()).contains(CloseReason.LIMIT);
        assertThat(narrow.id()).isEqualTo(7);
    }
}
