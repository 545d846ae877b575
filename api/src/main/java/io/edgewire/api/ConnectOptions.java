package io.edgewire.api;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;

/**
 * Whom a transport connects to, whence, and how long it tries. Start with {@link #to}.
 *
 * @param remote a resolved address and a port from 1 to 65535
 * @param source our own end: a resolved address of this machine and a port; the wildcard and port 0 leave either to the
 *     system. On a machine with two interfaces it chooses the one that the connection goes over
 * @param connectTimeout how long the connection may take to be established, more than zero
 * @param connection the limits of the connection
 */
public record ConnectOptions(
        InetSocketAddress remote, InetSocketAddress source, Duration connectTimeout, ConnectionOptions connection) {
    /** 10 seconds. */
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** Leaves address and port of our own end to the system. */
    public static final InetSocketAddress ANY_SOURCE = new InetSocketAddress(0);

    /** Checks the ranges. */
    public ConnectOptions {
        Require.resolved(remote, "remote");
        Require.range(remote.getPort(), 1, 65_535, "the port of remote");
        Require.resolved(source, "source");
        Require.positive(connectTimeout, "connectTimeout");
        Objects.requireNonNull(connection, "connection");
    }

    /** Connects to the address with every default. */
    public static ConnectOptions to(InetSocketAddress remote) {
        return new ConnectOptions(remote, ANY_SOURCE, DEFAULT_CONNECT_TIMEOUT, ConnectionOptions.DEFAULTS);
    }

    /** A copy that connects from another end of ours. */
    public ConnectOptions withSource(InetSocketAddress ownEnd) {
        return new ConnectOptions(remote, ownEnd, connectTimeout, connection);
    }

    /** A copy with another time limit. */
    public ConnectOptions withConnectTimeout(Duration limit) {
        return new ConnectOptions(remote, source, limit, connection);
    }

    /** A copy with other limits for the connection. */
    public ConnectOptions withConnection(ConnectionOptions options) {
        return new ConnectOptions(remote, source, connectTimeout, options);
    }

    /** Whether either of {@link #source}'s parts is not left to the system. */
    public boolean hasSource() {
        return source.getPort() != 0 || !source.getAddress().isAnyLocalAddress();
    }
}
