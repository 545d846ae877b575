package io.edgewire.transport.core;

import io.edgewire.api.TransportException;
import io.edgewire.api.TransportException.Kind;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;

/**
 * Says why a port could not be bound, and what to do (T-3). The JDK tells the causes apart only in the text of its
 * exception, which is for people; so this looks at the machine instead.
 */
public final class BindFailures {
    private static final int FIRST_PORT_FOR_ALL = 1024;
    private static final int NEIGHBOURS_TRIED = 4;
    private static final int GROUPS = 8;

    private BindFailures() {}

    /**
     * The exception to throw for a bind that failed.
     *
     * @param address what should have been bound
     * @param cause what the JDK threw
     */
    public static TransportException explain(InetSocketAddress address, IOException cause) {
        Kind kind = kind(address, cause);
        return new TransportException(
                kind, "cannot listen on " + text(address) + ": " + advice(kind, address, cause), cause);
    }

    /** The same for the source address of an outgoing connection, which is no failure of the transport (T-16). */
    public static IOException explainSource(InetSocketAddress source, IOException cause) {
        String why = switch (kind(source, cause)) {
            case ADDRESS_IN_USE -> "another socket holds the port. Port 0 takes any free one";
            case ADDRESS_NOT_LOCAL -> "no interface of this machine has the address, or not yet";
            case NOT_PERMITTED -> "the system refuses this port to this user. Port 0 takes any free one";
            case FAILED -> cause.toString();
        };
        return new IOException("cannot connect from " + text(source) + ": " + why, cause);
    }

    /** An address as people write it: {@code 192.168.3.47:8080}, {@code [::1]:8080}. */
    public static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + shorten(host) + "]") + ":" + address.getPort();
    }

    /** IPv6 with its longest run of zeros left out, as RFC 5952 has it; the JDK writes all eight groups. */
    private static String shorten(String full) {
        int end = full.indexOf('%') < 0 ? full.length() : full.indexOf('%');
        String groups = ":" + full.substring(0, end) + ":";
        for (int zeros = GROUPS; zeros > 1; zeros--) {
            String run = ":0".repeat(zeros) + ":";
            int at = groups.indexOf(run);
            if (at >= 0) {
                String before = groups.substring(Math.min(1, at), at);
                String after = groups.substring(at + run.length());
                return before + "::" + after.substring(0, Math.max(0, after.length() - 1)) + full.substring(end);
            }
        }
        return full;
    }

    private static Kind kind(InetSocketAddress address, IOException cause) {
        if (!(cause instanceof BindException)) {
            return Kind.FAILED;
        } else if (!isLocal(address.getAddress())) {
            return Kind.ADDRESS_NOT_LOCAL;
        } else if (address.getPort() > 0 && address.getPort() < FIRST_PORT_FOR_ALL && !permitted(address)) {
            return Kind.NOT_PERMITTED;
        }
        return Kind.ADDRESS_IN_USE;
    }

    private static String advice(Kind kind, InetSocketAddress address, IOException cause) {
        return switch (kind) {
            case ADDRESS_IN_USE ->
                "another socket holds the port. Stop the other program, or choose another port;"
                        + " port 0 takes any free one";
            case ADDRESS_NOT_LOCAL ->
                "no interface of this machine has the address, or not yet. Listen on an address"
                        + " that the machine has, or on all of them (0.0.0.0 or ::)";
            case NOT_PERMITTED ->
                "the system refuses this port to this user. Choose a port from " + FIRST_PORT_FOR_ALL
                        + ", or grant the permission (on Linux CAP_NET_BIND_SERVICE, or the setting"
                        + " net.ipv4.ip_unprivileged_port_start)";
            case FAILED -> cause + ". See the system's limits and log";
        };
    }

    /** Every 127.x.y.z can be bound on Linux although no interface lists it. */
    private static boolean isLocal(InetAddress address) {
        if (address.isAnyLocalAddress() || address.isLoopbackAddress()) {
            return true;
        }
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true; // not known; "in use" is then the likelier guess
        }
    }

    /** Whether a port just below may be bound: the one asked for is taken perhaps, those around it hardly all. */
    private static boolean permitted(InetSocketAddress address) {
        for (int port = address.getPort() - 1; port > 0 && port >= address.getPort() - NEIGHBOURS_TRIED; port--) {
            if (canBind(new InetSocketAddress(address.getAddress(), port))) {
                return true;
            }
        }
        return false;
    }

    private static boolean canBind(InetSocketAddress address) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(address, 1);
            return true;
        } catch (IOException e) {
            return false; // that is the answer
        }
    }
}
