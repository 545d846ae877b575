package io.edgewire.client;

import io.edgewire.api.ConnectOptions;
import io.edgewire.api.ConnectionOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;

/**
 * Whom to connect to, by name or by address. Start with {@link #to}.
 *
 * @param target where to; one that is unresolved is looked up anew each time, and each address that is found is tried
 * @param source our own end, as in {@link ConnectOptions#source()}
 * @param limit how long the lookup and all addresses may take together, more than zero
 * @param connection the limits of the connection
 */
public record DialOptions(
        InetSocketAddress target, InetSocketAddress source, Duration limit, ConnectionOptions connection) {
    /** Checks the ranges. */
    public DialOptions {
        Objects.requireNonNull(target, "target");
        if (target.getPort() == 0) {
            throw new IllegalArgumentException("the port of target is 0, but must be 1 to 65535");
        }
        // The rest is what every attempt will be made with: it is checked there, and so here.
        new ConnectOptions(target.isUnresolved() ? anybody(target) : target, source, limit, connection);
    }

    /** Connects to a name, or to an address in digits, with every default. Nothing is looked up here. */
    public static DialOptions to(String name, int port) {
        return to(InetSocketAddress.createUnresolved(name, port));
    }

    /**
     * Connects to an address with every default. Made by {@code new InetSocketAddress(name, port)} it was looked up when
     * it was made, on that thread and once for all; {@link #to(String, int)} looks up when it connects.
     */
    public static DialOptions to(InetSocketAddress target) {
        return new DialOptions(
                target, ConnectOptions.ANY_SOURCE, ConnectOptions.DEFAULT_CONNECT_TIMEOUT, ConnectionOptions.DEFAULTS);
    }

    /** A copy that connects from another end of ours. */
    public DialOptions withSource(InetSocketAddress ownEnd) {
        return new DialOptions(target, ownEnd, limit, connection);
    }

    /** A copy with another time limit. */
    public DialOptions withLimit(Duration most) {
        return new DialOptions(target, source, most, connection);
    }

    /** A copy with other limits for the connection. */
    public DialOptions withConnection(ConnectionOptions options) {
        return new DialOptions(target, source, limit, options);
    }

    /** The target as people write it. */
    String text() {
        return target.getHostString() + ":" + target.getPort();
    }

    ConnectOptions attempt(InetSocketAddress address, Duration share) {
        return new ConnectOptions(address, source, share, connection);
    }

    private static InetSocketAddress anybody(InetSocketAddress target) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), target.getPort());
    }
}
