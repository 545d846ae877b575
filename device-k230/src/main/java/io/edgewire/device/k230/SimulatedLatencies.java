package io.edgewire.device.k230;

import java.time.Duration;
import java.util.Objects;

/**
 * How long things take in the simulated air.
 *
 * @param scan one scan of all channels; a real board takes about 2 s
 * @param join association and keys; a real board takes about 2 s
 * @param lease from association to an address; a real router takes 1 to 5 s
 * @param reconnect how long a board that reconnects by itself waits before each attempt
 */
public record SimulatedLatencies(Duration scan, Duration join, Duration lease, Duration reconnect) {
    /** Up within 40 ms; reconnects every 2 s, as the CanMV firmware does. */
    public static final SimulatedLatencies DEFAULTS = new SimulatedLatencies(
            Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(10), Duration.ofSeconds(2));

    /** Checks the ranges. */
    public SimulatedLatencies {
        notNegative(scan, "scan");
        notNegative(join, "join");
        notNegative(lease, "lease");
        notNegative(reconnect, "reconnect");
        if (reconnect.isZero()) {
            throw new IllegalArgumentException("reconnect is zero, but must be more: the board would do nothing else");
        }
    }

    private static void notNegative(Duration value, String name) {
        if (Objects.requireNonNull(value, name).isNegative()) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be zero or more");
        }
    }
}
