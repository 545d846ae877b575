package io.edgewire.api.wlan;

import io.edgewire.api.Registration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A station's life on a network: joins, waits for an address, notices when either is lost, and tries again. Several
 * servers may share one.
 *
 * <pre>
 *             join                   associated              address leased
 *   Down ─────────────▶ Associating ───────────▶ Acquiring ────────────────▶ Up(address)
 *    ▲                    │  ▲  ▲ │ not joined       │ no lease in time         │ link lost, address
 *    │ leave              │  │  │ ▼                  │                          ▼ gone or changed
 *    │ (from any)         │  │  Retrying(why) ◀──────┘                         Lost(why)
 *    │                    │  └──────────────────────────────────────────────────┘
 *    └── Failed(why) ◀────┘ a wrong key, or the limit of attempts
 * </pre>
 *
 * <p><b>Threads.</b> Every method from any thread; none blocks. Observers are called on the scheduler that the station
 * lives on, one state at a time.
 *
 * <p><b>Lifecycle.</b> Created in {@link StationState.Down}. {@link #join} when joined already does nothing.
 * {@link #close} leaves, clears the credentials, closes the device, is idempotent and final; {@link #closed} follows.
 *
 * <p><b>Failure.</b> Told by states, never by exceptions.
 *
 * <p><b>Rules.</b> S-1 to S-15.
 */
public interface Station extends AutoCloseable {
    /** The state now. */
    StationState state();

    /** Begins to join, unless this station is on its way already or up. */
    void join();

    /** Leaves the network and rests in {@link StationState.Down}. */
    void leave();

    /**
     * Tells each state from now on, in order, beginning with the one that holds at this moment.
     *
     * @param observer must not block
     */
    Registration observe(Consumer<? super StationState> observer);

    /** Begins to close and returns; {@link #closed} tells when that is done. */
    @Override
    void close();

    /**
     * Completes after {@link #close}, when the device has let go of its network: exceptionally if it failed at that or
     * has not done it in time. Always completes, as long as the scheduler lives, within a time that the implementation
     * tells; whoever wired the station by hand waits here before ending what the station lives on.
     */
    CompletionStage<Void> closed();
}
