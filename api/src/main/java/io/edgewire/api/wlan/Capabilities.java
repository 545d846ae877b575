package io.edgewire.api.wlan;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a board can do.
 *
 * @param all the capabilities it has
 */
public record Capabilities(Set<Capability> all) {
    /** One thing that some boards can do and others cannot. */
    public enum Capability {
        /** There is a radio: networks are joined and left. Without it the address is there or not, as on a wire. */
        RADIO,
        /** {@link WlanDevice#scan} lists access points. */
        SCAN,
        /** {@link WlanDevice#useFixedAddress} works. */
        FIXED_ADDRESS,
        /** {@link LinkState} says why a join failed, so that a wrong key is told from a missing access point. */
        TELLS_WHY,
        /** {@link WlanDevice#onChange} calls. */
        SIGNALS_CHANGES,
        /** After a loss the board joins again by itself, so that a station gives it time before it connects. */
        RECONNECTS
    }

    /** Copies the set. */
    public Capabilities {
        all = Set.copyOf(all);
    }

    /** The given capabilities. */
    public static Capabilities of(Capability... capabilities) {
        return new Capabilities(Arrays.stream(capabilities).collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether the board can do it. */
    public boolean has(Capability capability) {
        return all.contains(capability);
    }
}
