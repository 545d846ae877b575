package io.edgewire.device.k230;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * Which of the machine's addresses stands for the station's.
 *
 * @param interfaceName the interface; empty for any
 * @param address the address; empty for the first that suits: IPv4 on an interface that is up and not the loopback, and
 *     where there is none, the loopback's
 */
public record HostNetworkOptions(Optional<String> interfaceName, Optional<InetAddress> address) {
    /** The first address that others can reach, or else the loopback. */
    public static final HostNetworkOptions DEFAULTS = new HostNetworkOptions(Optional.empty(), Optional.empty());

    /** Checks for null and that the address is one. */
    public HostNetworkOptions {
        Objects.requireNonNull(interfaceName, "interfaceName");
        Objects.requireNonNull(address, "address");
        if (address.isPresent() && address.get().isAnyLocalAddress()) {
            throw new IllegalArgumentException("address is the wildcard, but must be one of this machine's addresses");
        }
    }

    /** The addresses of one interface. */
    public static HostNetworkOptions ofInterface(String name) {
        return new HostNetworkOptions(Optional.of(name), Optional.empty());
    }

    /** One address, on whatever interface it is. */
    public static HostNetworkOptions ofAddress(InetAddress address) {
        return new HostNetworkOptions(Optional.empty(), Optional.of(address));
    }
}
