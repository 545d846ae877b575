package io.edgewire.api.wlan;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;

/**
 * An interface's address: MicroPython's {@code ifconfig()} of address, mask, gateway and name server.
 *
 * @param address the interface's own address; the wildcard ({@code 0.0.0.0}) means that it has none
 * @param prefixLength bits of the network part: 24 is the mask 255.255.255.0
 * @param gateway the router, if there is one
 * @param dns the name server, if there is one
 */
public record IfConfig(
        InetAddress address, int prefixLength, Optional<InetAddress> gateway, Optional<InetAddress> dns) {
    /** No address: what a board shows as 0.0.0.0. */
    public static final IfConfig NONE = new IfConfig(wildcard(), 0, Optional.empty(), Optional.empty());

    /** Checks the ranges. */
    public IfConfig {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(gateway, "gateway");
        Objects.requireNonNull(dns, "dns");
        int bits = address.getAddress().length * 8;
        if (prefixLength < 0 || prefixLength > bits) {
            throw new IllegalArgumentException("prefixLength is " + prefixLength + ", but must be 0 to " + bits
                    + " for " + address.getHostAddress());
        }
    }

    /** An address and its prefix, without gateway and name server. */
    public static IfConfig of(InetAddress address, int prefixLength) {
        return new IfConfig(address, prefixLength, Optional.empty(), Optional.empty());
    }

    /** Whether the interface has an address. */
    public boolean hasAddress() {
        return !address.isAnyLocalAddress();
    }

    private static InetAddress wildcard() {
        try {
            return InetAddress.getByAddress(new byte[4]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an IPv4 address", e);
        }
    }
}
