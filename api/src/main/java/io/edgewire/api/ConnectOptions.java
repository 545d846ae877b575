package io.edgewire.api;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;

/**
 * Whom a transport connects to, and how long it tries. Start with {@link #to}.
 *
 * @param remote a resolved address and a port from 1 to 65535
 * @param connectTimeout how long the connection may take to be established, more than zero
 * @param connection the limits of the connection
 */
public record ConnectOptions(InetSocketAddress remote, Duration connectTimeout, ConnectionOptions connection) {
    /** 10 seconds. */
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** Checks the ranges. */
    public ConnectOptions {
        Require.resolved(remote, "remote");
        Require.range(remote.getPort(), 1, 65_535, "the port of remote");
        Require.positive(connectTimeout, "connectTimeout");
        Objects.requireNonNull(connection, "connection");
    }

    /** Connects to the address with every default. */
    public static ConnectOptions to(InetSocketAddress remote) {
        return new ConnectOptions(remote, DEFAULT_CONNECT_TIMEOUT, ConnectionOptions.DEFAULTS);
    }

    /** A copy with another time limit. */
    public ConnectOptions withConnectTimeout(Duration limit) {
        return new ConnectOptions(remote, limit, connection);
    }

    /** A copy with other limits for the connection. */
    public ConnectOptions withConnection(ConnectionOptions options) {
        return new ConnectOptions(remote, connectTimeout, options);
    }
}
