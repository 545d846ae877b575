package io.edgewire.device.k230;

import io.edgewire.api.wlan.IfConfig;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that happens in the simulated air.
 *
 * @param at when, counted from the first {@code connect}
 * @param action what
 * @param address for RETURN, the address that is leased from then on; for READDRESS, the new one
 */
public record SimulatedFault(Duration at, Action action, Optional<IfConfig> address) {
    /** What happens. */
    public enum Action {
        /** Every access point goes out of reach. */
        LOSE,
        /** The access points are in reach again. */
        RETURN,
        /** The access point ends the association but stays in reach. */
        DROP,
        /** The address is replaced by another while the link stays up. */
        READDRESS,
        /** DHCP no longer answers; an address that was leased is taken away. */
        STOP_DHCP,
        /** DHCP answers again. */
        START_DHCP
    }

    /** Checks that an address is there where one is needed, and nowhere else. */
    public SimulatedFault {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(address, "address");
        if (Objects.requireNonNull(at, "at").isNegative()) {
            throw new IllegalArgumentException("at is " + at + ", but must be zero or more");
        }
        if (action == Action.READDRESS && address.isEmpty()) {
            throw new IllegalArgumentException("the fault READDRESS needs an address");
        }
        if (address.isPresent() && action != Action.READDRESS && action != Action.RETURN) {
            throw new IllegalArgumentException("the fault " + action + " takes no address");
        }
    }

    /** A fault without an address. */
    public static SimulatedFault of(Duration at, Action action) {
        return new SimulatedFault(at, action, Optional.empty());
    }

    /** A fault with an address. */
    public static SimulatedFault of(Duration at, Action action, IfConfig address) {
        return new SimulatedFault(at, action, Optional.of(address));
    }

    void happen(SimulatedAir air) {
        switch (action) {
            case LOSE -> air.lose();
            case RETURN -> {
                address.ifPresent(air::leaseFromNowOn);
                air.comeBack();
            }
            case DROP -> air.drop();
            case READDRESS -> air.readdress(address.orElseThrow());
            case STOP_DHCP -> air.stopDhcp();
            case START_DHCP -> air.startDhcp();
        }
    }
}
