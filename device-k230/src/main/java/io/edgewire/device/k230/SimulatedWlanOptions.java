package io.edgewire.device.k230;

import io.edgewire.api.wlan.IfConfig;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;

/**
 * A simulated board and the air around it.
 *
 * @param name the interface's name
 * @param profile which board
 * @param accessPoints what is in reach; empty for one that answers to every name and takes every key
 * @param latencies how long things take
 * @param leases the address of each join, in turn; the last one stays. At least one
 * @param faults what happens, and when
 */
public record SimulatedWlanOptions(
        String name,
        SimulatedProfile profile,
        List<SimulatedAccessPoint> accessPoints,
        SimulatedLatencies latencies,
        List<IfConfig> leases,
        List<SimulatedFault> faults) {
    /** An ideal board that any network lets in, at 127.0.0.1. */
    public static final SimulatedWlanOptions DEFAULTS = new SimulatedWlanOptions(
            "sim", SimulatedProfile.IDEAL, List.of(), SimulatedLatencies.DEFAULTS, List.of(loopback()), List.of());

    /** Copies the lists and checks that there is a lease to give. */
    public SimulatedWlanOptions {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(latencies, "latencies");
        accessPoints = List.copyOf(accessPoints);
        leases = List.copyOf(leases);
        faults = List.copyOf(faults);
        if (leases.isEmpty()) {
            throw new IllegalArgumentException(
                    "leases is empty, but must hold an address at least; a lease that never comes is the fault STOP_DHCP");
        }
    }

    /** A copy of another board. */
    public SimulatedWlanOptions withProfile(SimulatedProfile other) {
        return new SimulatedWlanOptions(name, other, accessPoints, latencies, leases, faults);
    }

    /** A copy with these access points in reach. */
    public SimulatedWlanOptions withAccessPoints(SimulatedAccessPoint... points) {
        return new SimulatedWlanOptions(name, profile, List.of(points), latencies, leases, faults);
    }

    /** A copy in which things take another time. */
    public SimulatedWlanOptions withLatencies(SimulatedLatencies other) {
        return new SimulatedWlanOptions(name, profile, accessPoints, other, leases, faults);
    }

    /** A copy that leases these addresses, one a join. */
    public SimulatedWlanOptions withLeases(IfConfig... addresses) {
        return new SimulatedWlanOptions(name, profile, accessPoints, latencies, List.of(addresses), faults);
    }

    /** A copy in which these things happen. */
    public SimulatedWlanOptions withFaults(SimulatedFault... script) {
        return new SimulatedWlanOptions(name, profile, accessPoints, latencies, leases, List.of(script));
    }

    private static IfConfig loopback() {
        return IfConfig.of(InetAddress.getLoopbackAddress(), 8);
    }
}
