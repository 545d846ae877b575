package io.edgewire.transport.bio;

import io.edgewire.api.CloseReason;
import java.time.Duration;

/** Does what comes up while the reader blocks; ends when there is nothing more. */
final class HelperThread implements Runnable {
    /**
     * A write that returns at once should be over before the next callback looks at the queue; only one that really
     * waits for the peer is overtaken. By the machine's clock: it is the system's scheduler that is waited for.
     */
    private static final Duration WRITER_FIRST = Duration.ofMillis(1);

    /** When a helper that could not be started is tried again. */
    private static final long RETRY = Duration.ofMillis(100).toNanos();

    private final BioConnection connection;

    HelperThread(BioConnection connection) {
        this.connection = connection;
    }

    static void start(BioConnection connection) {
        Services services = connection.services;
        try {
            services.start("edgewire-bio-" + connection.id() + "-helper", new HelperThread(connection));
        } catch (RuntimeException | Error e) { // no thread, or no memory for one
            // Nothing is lost: the work is looked for again a little later.
            connection.roster.helperFailed();
            services.timers().add(new Retry(connection), services.timers().now() + RETRY);
        }
    }

    @Override
    public void run() {
        Worker worker = new Worker(false);
        Turn turn = new Turn(connection, worker);
        try {
            connection.roster.awaitWriter(WRITER_FIRST);
            Step step = connection.roster.next(worker);
            while (step != Step.LEAVE) {
                turn.take(step);
                step = connection.roster.next(worker);
            }
        } catch (RuntimeException | Error e) {
            // A fault of our own, or no memory: this connection cannot go on, the others can.
            connection.end(CloseReason.RESET, e.toString(), true);
        }
    }
}
