package io.edgewire.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Addresses as people write them: {@code 192.168.3.47:8080}, {@code [::1]:8080}. */
public final class Addresses {
    private static final int GROUPS = 8;

    private Addresses() {}

    /** Address and port; brackets around IPv6, so that its colons and that of the port can be told apart. */
    public static String show(InetSocketAddress address) {
        if (address.isUnresolved()) {
            return address.getHostString() + ":" + address.getPort();
        }
        String host = show(address.getAddress());
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    /** The address in digits; IPv6 in the short form of RFC 5952. */
    public static String show(InetAddress address) {
        if (!(address instanceof Inet6Address six)) {
            return address.getHostAddress();
        }
        String full = six.getHostAddress();
        int scope = full.indexOf('%');
        return shorten(six.getAddress()) + (scope < 0 ? "" : full.substring(scope));
    }

    private static String shorten(byte[] bytes) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
        }
        int from = longestZeros(groups);
        int length = zerosAt(groups, from);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == from && length > 1) {
                text.append("::");
                i += length - 1;
            } else {
                boolean apart = i > 0 && text.charAt(text.length() - 1) != ':';
                text.append(apart ? ":" : "").append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    private static int longestZeros(int[] groups) {
        int best = 0;
        for (int i = 1; i < GROUPS; i++) {
            if (zerosAt(groups, i) > zerosAt(groups, best)) {
                best = i;
            }
        }
        return best;
    }

    private static int zerosAt(int[] groups, int from) {
        int length = 0;
        while (from + length < GROUPS && groups[from + length] == 0) {
            length++;
        }
        return length;
    }
}
