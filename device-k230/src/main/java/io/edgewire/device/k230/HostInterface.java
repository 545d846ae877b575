package io.edgewire.device.k230;

import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.MacAddress;
import io.edgewire.api.wlan.WlanException;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One of the machine's interfaces, as it is now.
 *
 * @param name the system's name for it
 * @param up whether it is up and has a carrier
 * @param loopback whether it reaches this machine alone
 * @param mac its hardware address
 * @param addresses what it can be reached by
 */
record HostInterface(String name, boolean up, boolean loopback, Optional<MacAddress> mac, List<IfConfig> addresses) {
    /** Every interface, in the system's order. */
    static List<HostInterface> all() {
        try {
            return NetworkInterface.networkInterfaces().map(HostInterface::read).toList();
        } catch (SocketException e) {
            throw new WlanException(
                    WlanException.Kind.UNAVAILABLE, "the system does not list its interfaces: " + e.getMessage(), e);
        }
    }

    private static HostInterface read(NetworkInterface from) {
        try {
            return new HostInterface(
                    from.getName(),
                    from.isUp(),
                    from.isLoopback(),
                    mac(from.getHardwareAddress()),
                    from.getInterfaceAddresses().stream()
                            .map(HostInterface::address)
                            .toList());
        } catch (SocketException e) {
            // It went away between being listed and being asked: then it is down.
            return new HostInterface(from.getName(), false, false, Optional.empty(), List.of());
        }
    }

    private static IfConfig address(InterfaceAddress from) {
        int bits = from.getAddress().getAddress().length * 8;
        int prefix = from.getNetworkPrefixLength();
        // Some systems report no prefix, as 0 or -1; then the address stands alone.
        return IfConfig.of(from.getAddress(), prefix > 0 && prefix <= bits ? prefix : bits);
    }

    private static Optional<MacAddress> mac(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length != 6) {
            return Optional.empty();
        }
        long bits = 0;
        for (byte b : bytes) {
            bits = bits << 8 | (b & 0xff);
        }
        return Optional.of(new MacAddress(bits));
    }
}
