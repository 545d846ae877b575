package io.edgewire.transport.bio;

import io.edgewire.api.CloseReason;
import io.edgewire.api.event.ConnectionEvent;
import java.time.Duration;

/**
 * How one connection ended: the first cause, or the last one before our FIN was sent, because until then something can
 * be lost (C-23).
 *
 * <p><b>Threads.</b> Guarded by the lock of the {@link Roster}.
 */
final class Ending {
    private CloseReason reason = CloseReason.LOCAL;
    private String detail = "";
    private Duration open = Duration.ZERO;
    private long unsent;

    void cause(CloseReason why, String text) {
        reason = why;
        detail = text;
    }

    void openFor(Duration age) {
        open = age;
    }

    void dropped(long bytes) {
        unsent += bytes;
    }

    CloseReason reason() {
        return reason;
    }

    String detail() {
        return detail;
    }

    ConnectionEvent.Closed event(BioConnection connection) {
        return new ConnectionEvent.Closed(
                connection.id(),
                connection.remote(),
                reason,
                detail,
                connection.intake.received,
                connection.outbox.sent(),
                unsent,
                open);
    }
}
