package io.edgewire.device.k230;

import io.edgewire.api.wlan.IfConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** An address in digits, maybe with a prefix, as configuration writes it: {@code 192.168.1.20/24}. No name is looked up. */
final class AddressText {
    private static final int IPV4_BYTES = 4;

    private AddressText() {}

    /** An address with its prefix; without one it is 8 or 128 for the loopback, and 24 or 64 for others. */
    static Optional<IfConfig> config(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return address(text).map(found -> IfConfig.of(found, usualPrefix(found)));
        }
        return address(text.substring(0, slash))
                .flatMap(found -> number(text.substring(slash + 1), found.getAddress().length * 8)
                        .map(prefix -> IfConfig.of(found, prefix)));
    }

    /** An IPv4 or IPv6 address. */
    static Optional<InetAddress> address(String text) {
        try {
            // With a colon in it, no name is meant, and the JDK looks none up.
            return text.indexOf(':') >= 0 ? Optional.of(InetAddress.getByName(text)) : ipv4(text);
        } catch (UnknownHostException e) {
            // No address: the caller says what is allowed.
            return Optional.empty();
        }
    }

    private static Optional<InetAddress> ipv4(String text) throws UnknownHostException {
        String[] parts = text.split("\\.", -1);
        byte[] bytes = new byte[IPV4_BYTES];
        for (int i = 0; i < parts.length && i < IPV4_BYTES; i++) {
            Optional<Integer> part = number(parts[i], 255);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            bytes[i] = part.get().byteValue();
        }
        return parts.length == IPV4_BYTES ? Optional.of(InetAddress.getByAddress(bytes)) : Optional.empty();
    }

    private static int usualPrefix(InetAddress address) {
        boolean ipv4 = address.getAddress().length == IPV4_BYTES;
        if (address.isLoopbackAddress()) {
            return ipv4 ? 8 : 128;
        }
        return ipv4 ? 24 : 64;
    }

    private static Optional<Integer> number(String digits, int most) {
        if (digits.isEmpty() || digits.length() > 3) {
            return Optional.empty();
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit < '0' || digit > '9') {
                return Optional.empty();
            }
            value = value * 10 + digit - '0';
        }
        return value <= most ? Optional.of(value) : Optional.empty();
    }
}
