package io.edgewire.testkit.sim;

import io.edgewire.api.StopOutcome;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A whole server under a {@link Simulation}, made of the parts of a {@link World}: a station on a simulated board, and
 * what listens while the station is up.
 *
 * <p><b>Threads.</b> One.
 *
 * <p><b>Lifecycle.</b> {@link #start} once, {@link #stop} at any moment after that, {@link #close} when it has stopped.
 *
 * <p><b>Failure.</b> What a method throws ends the run.
 */
public interface SimulatedServer {
    /** Begins to join, and to listen once it can; the answer is the first address, or why there will be none. */
    CompletionStage<InetSocketAddress> start();

    /** Stops listening, and drains for so long at most. */
    CompletionStage<StopOutcome> stop(Duration limit);

    /** Ends what it stands on: its station and board. */
    void close();

    /** How long connections outlive the station's link, as it was told. */
    Duration linkGrace();
}
