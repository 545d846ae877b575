package io.edgewire.testkit.sim;

import io.edgewire.api.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;

/** Who turns a simulated network: its own caller, or threads. */
interface Drive {
    /**
     * Waits until something holds, or the time is over by the given clock.
     *
     * @return whether it holds
     */
    boolean await(BooleanSupplier done, Clock by, long start, Duration limit);

    /** The same, but for a limit that only keeps what is broken from waiting for ever. */
    boolean await(BooleanSupplier done, Duration limit);

    /** Something has changed that somebody may wait for; under the lock of the network. */
    void changed();

    /** How long a script waits for the other end before it is called broken. */
    Duration patience();

    /** The loop of a transport begins. */
    void begin(SimulatedLoop loop, ThreadFactory threads);

    /** Waits for the loop to end. */
    void join(SimulatedLoop loop, Duration limit);
}
