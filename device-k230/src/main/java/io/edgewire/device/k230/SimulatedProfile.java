package io.edgewire.device.k230;

import io.edgewire.api.wlan.Capabilities;
import io.edgewire.api.wlan.Capabilities.Capability;
import java.util.EnumSet;
import java.util.Set;

/** What kind of board is simulated: a set of quirks, from which everything else follows. */
public enum SimulatedProfile {
    /** A board without quirks: joins at once, tells why not, signals changes, and does what it is told. */
    IDEAL(EnumSet.noneOf(Quirk.class)),
    /** A K230 that runs CanMV MicroPython 1.5 to 1.8, as read from its firmware's source. */
    CANMV(EnumSet.allOf(Quirk.class));

    /** One way in which a board falls short. */
    enum Quirk {
        /** {@code connect} waits for the outcome, {@code scan} for its results. */
        CALLS_BLOCK,
        /** {@code connect} is true or false; a wrong key and a missing access point look the same. */
        HIDES_CAUSE,
        /** Changes are seen by polling alone. */
        SILENT,
        /** A missing SSID is looked for by three scans. */
        SCANS_THRICE,
        /** An SSID of no bytes is refused: there is no joining whatever is there. */
        NEEDS_SSID,
        /** Joins remembered networks again by itself, without back-off, also after {@code disconnect}. */
        RECONNECTS,
        /** Each association starts DHCP: a fixed address lasts until the next one. */
        FORGETS_ADDRESS
    }

    private final Set<Quirk> quirks;

    SimulatedProfile(Set<Quirk> quirks) {
        this.quirks = quirks;
    }

    boolean has(Quirk quirk) {
        return quirks.contains(quirk);
    }

    int scansForMissing() {
        return has(Quirk.SCANS_THRICE) ? 3 : 1;
    }

    Capabilities capabilities() {
        Set<Capability> all = EnumSet.allOf(Capability.class);
        if (has(Quirk.HIDES_CAUSE)) {
            all.remove(Capability.TELLS_WHY);
        }
        if (has(Quirk.SILENT)) {
            all.remove(Capability.SIGNALS_CHANGES);
        }
        if (!has(Quirk.RECONNECTS)) {
            all.remove(Capability.RECONNECTS);
        }
        return new Capabilities(all);
    }
}
