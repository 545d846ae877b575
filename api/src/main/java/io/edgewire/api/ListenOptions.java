package io.edgewire.api;

import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * Where a transport listens and how many it lets in. Start with {@link #on} and change what differs.
 *
 * @param address a resolved address of this machine or the wildcard; port 0 takes any free one
 * @param backlog how many connections the kernel may hold for us before {@code accept}, 1 to 65535; Linux caps it at
 *     {@code net.core.somaxconn}
 * @param maxConnections how many connections may be open at once, 1 or more; more are refused by a clean close
 * @param maxPerAddress how many of them may come from one remote address, 1 or more
 * @param acceptRate how many connections are let in a second, 1 or more, or {@link #NO_RATE}; as many may come at once
 *     after a while without any
 * @param connection the limits of each connection
 */
public record ListenOptions(
        InetSocketAddress address,
        int backlog,
        int maxConnections,
        int maxPerAddress,
        int acceptRate,
        ConnectionOptions connection) {
    /** 1024: a burst of clients then does not wait for a retransmitted SYN, as it does with the tutorial's 5. */
    public static final int DEFAULT_BACKLOG = 1024;
    /** 20,000 connections. */
    public static final int DEFAULT_MAX_CONNECTIONS = 20_000;
    /** An accept rate that holds nobody up. */
    public static final int NO_RATE = Integer.MAX_VALUE;

    /** Checks the ranges. */
    public ListenOptions {
        Require.resolved(address, "address");
        Require.range(backlog, 1, 65_535, "backlog");
        Require.range(maxConnections, 1, Integer.MAX_VALUE, "maxConnections");
        Require.range(maxPerAddress, 1, Integer.MAX_VALUE, "maxPerAddress");
        Require.range(acceptRate, 1, Integer.MAX_VALUE, "acceptRate");
        Objects.requireNonNull(connection, "connection");
    }

    /** Listens on the address with every default. */
    public static ListenOptions on(InetSocketAddress address) {
        return new ListenOptions(
                address,
                DEFAULT_BACKLOG,
                DEFAULT_MAX_CONNECTIONS,
                Integer.MAX_VALUE,
                NO_RATE,
                ConnectionOptions.DEFAULTS);
    }

    /** A copy with another address. */
    public ListenOptions withAddress(InetSocketAddress other) {
        return new ListenOptions(other, backlog, maxConnections, maxPerAddress, acceptRate, connection);
    }

    /** A copy with another backlog. */
    public ListenOptions withBacklog(int connections) {
        return new ListenOptions(address, connections, maxConnections, maxPerAddress, acceptRate, connection);
    }

    /** A copy with another limit of connections in all. */
    public ListenOptions withMaxConnections(int connections) {
        return new ListenOptions(address, backlog, connections, maxPerAddress, acceptRate, connection);
    }

    /** A copy with another limit of connections from one remote address. */
    public ListenOptions withMaxPerAddress(int connections) {
        return new ListenOptions(address, backlog, maxConnections, connections, acceptRate, connection);
    }

    /** A copy with another limit of connections let in a second. */
    public ListenOptions withAcceptRate(int perSecond) {
        return new ListenOptions(address, backlog, maxConnections, maxPerAddress, perSecond, connection);
    }

    /** A copy with other limits for each connection. */
    public ListenOptions withConnection(ConnectionOptions options) {
        return new ListenOptions(address, backlog, maxConnections, maxPerAddress, acceptRate, options);
    }
}
