package io.edgewire.api;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A bound port and the connections that came in through it.
 *
 * <p><b>Threads.</b> Any thread but that of a handler: {@link #stop} and {@link #abort} wait for handlers.
 *
 * <p><b>Lifecycle.</b> Accepts from {@link Transport#listen} until {@link #stop}, {@link #abort} or {@link #close},
 * whichever is first; calling another of them later is harmless.
 *
 * <p><b>Failure.</b> An {@code accept} that fails is reported as an event, backs off and is tried again (T-8).
 *
 * <p><b>Rules.</b> T-2 to T-9.
 */
public interface Listener extends AutoCloseable {
    /** The bound address, with the real port where 0 was asked for; the same after the listener has stopped. */
    InetSocketAddress address();

    /** How many connections that came in through this listener are not yet closed. */
    int connections();

    /**
     * Drains: takes what the kernel has accepted already, frees the port, delivers to each connection the bytes that
     * it had received, calls {@link ProtocolHandler#onStopping onStopping} and waits for the connections to close.
     * Those that are left after {@code grace} are aborted with {@link CloseReason#SHUTDOWN}.
     *
     * @param grace how long to wait, zero or more; zero aborts at once what does not close in its {@code onStopping}
     * @return how it ended; the port is free by then
     * @throws IllegalStateException if called from a handler, which would wait for itself
     */
    StopOutcome stop(Duration grace);

    /**
     * Frees the port and aborts every connection with the given reason, now.
     *
     * @param reason what each handler hears in {@code onClosed}
     * @throws IllegalStateException if called from a handler
     */
    void abort(CloseReason reason);

    /** The same as {@link #abort abort} with {@link CloseReason#SHUTDOWN}. */
    @Override
    default void close() {
        abort(CloseReason.SHUTDOWN);
    }
}
