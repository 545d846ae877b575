package io.edgewire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.testkit.protocol.ScriptedConnection;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The guard is driven as wrong transports would drive it. */
class SerialGuardTest {
    private static final ByteBuffer READ = ByteBuffer.allocate(1).asReadOnlyBuffer();

    private final SerialGuard guard = new SerialGuard();
    private final RecordingHandler inner = new RecordingHandler();
    private final ProtocolHandler handler = guard.wrap(inner);
    private final Connection connection = new ScriptedConnection(handler);

    @Test
    void anOrderlyLifeIsNoViolation() {
        inner.whenPeerClosed(c -> {}).whenStopping(c -> {});
        handler.onOpen(connection);
        handler.onBytes(connection, READ.duplicate());
        handler.onDrained(connection);
        handler.onBytes(connection, READ.duplicate());
        handler.onPeerClosed(connection);
        handler.onStopping(connection);
        handler.onClosed(connection, CloseReason.PEER);

        guard.check();
        assertThat(inner.calls()).startsWith(Call.OPEN).endsWith(Call.CLOSED).hasSize(7);
    }

    @Test
    void aCallWithinACallIsOne() {
        inner.whenOpen(c -> handler.onBytes(connection, READ.duplicate()));

        handler.onOpen(connection);

        assertViolation("BYTES comes while OPEN runs");
    }

    @Test
    void aTimerWithinACallIsOne() {
        ManualScheduler scheduler = new ManualScheduler();
        ScriptedConnection other = new ScriptedConnection(handler, scheduler);
        inner.whenOpen(c -> c.after(Duration.ZERO, () -> handler.onDrained(other)));

        other.open();
        scheduler.runDue();

        assertViolation("DRAINED comes while a timer or task runs");
    }

    @Test
    void bytesBeforeOnOpenAreOne() {
        handler.onBytes(connection, READ.duplicate());

        assertViolation("BYTES comes before OPEN");
    }

    @Test
    void bytesAfterTheFinAreOne() {
        handler.onOpen(connection);
        inner.whenPeerClosed(c -> {});
        handler.onPeerClosed(connection);
        handler.onBytes(connection, READ.duplicate());

        assertViolation("BYTES comes after PEER_CLOSED");
    }

    @Test
    void closingTwiceIsOne() {
        handler.onClosed(connection, CloseReason.UNREACHABLE);
        handler.onClosed(connection, CloseReason.UNREACHABLE);

        assertViolation("CLOSED comes after CLOSED");
    }

    @Test
    void aWritableOrEmptyReadIsOne() {
        handler.onOpen(connection);
        handler.onBytes(connection, ByteBuffer.allocate(1));
        handler.onBytes(connection, ByteBuffer.allocate(0).asReadOnlyBuffer());

        assertThat(guard.violations()).hasSize(2).allMatch(text -> text.contains("onBytes lends"));
    }

    @Test
    void oneHandlerForTwoConnectionsIsOne() {
        handler.onOpen(connection);
        handler.onDrained(new ScriptedConnection(inner));

        assertViolation("one handler serves two connections");
    }

    private void assertViolation(String what) {
        assertThat(guard.violations()).anyMatch(text -> text.contains(what));
        assertThatThrownBy(guard::check).isInstanceOf(AssertionError.class).hasMessageContaining(what);
    }
}
