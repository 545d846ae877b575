package io.edgewire.transport.bio;

import io.edgewire.api.CloseReason;
import java.time.Duration;

/**
 * The write timeout has passed; but the kernel may just have taken the bytes, and the thread that wrote them not have
 * come to say so, because it waits for a processor. So it is given a moment, by the machine's clock (C-18).
 *
 * <p><b>Threads.</b> One of its own, since the timer thread must not wait.
 */
final class StallCheck implements Runnable {
    private static final Duration WRITER_TO_SPEAK = Duration.ofMillis(20);

    private final BioConnection connection;

    private StallCheck(BioConnection connection) {
        this.connection = connection;
    }

    static void start(BioConnection connection) {
        StallCheck check = new StallCheck(connection);
        try {
            connection.services.start("edgewire-bio-" + connection.id() + "-stall", check);
        } catch (ThreadStartException e) {
            check.end(); // a system in such need is better off with one connection less
        }
    }

    @Override
    public void run() {
        connection.roster.awaitWriter(WRITER_TO_SPEAK);
        if (connection.watch.stalled()) {
            end();
        } else {
            connection.watch.lookAtDeadlines();
        }
    }

    private void end() {
        connection.end(CloseReason.WRITE_STALLED, "", true);
    }
}
