package io.edgewire.server;

import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ListenOptions;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a server listens. Start with {@link #DEFAULTS} and change what differs.
 *
 * @param bind the address to listen on; empty for the station's own, {@link #ANY} for every address of this machine
 * @param port 0 to 65535; 0 takes any free one, and keeps it when the server has to listen anew
 * @param linkGrace how long connections outlive the station's link, zero or more
 * @param drainTimeout how long connections have to end when the server stops, zero or more
 * @param limits the backlog and the limits of connections; its address is not used
 */
public record EdgeServerOptions(
        Optional<InetAddress> bind, int port, Duration linkGrace, Duration drainTimeout, ListenOptions limits) {
    /** Every address of this machine, of IPv4 and of IPv6 where it has any; shown as {@code 0.0.0.0}. */
    public static final InetAddress ANY = any();

    /** The station's address, port 8080, 10 seconds of grace for the link and as many to drain. */
    public static final EdgeServerOptions DEFAULTS = new EdgeServerOptions(
            Optional.empty(),
            8080,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            ListenOptions.on(new InetSocketAddress(ANY, 0)));

    /** Checks the ranges. */
    public EdgeServerOptions {
        Objects.requireNonNull(bind, "bind");
        Objects.requireNonNull(limits, "limits");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port + ", but must be 0 to 65535");
        }
        notNegative(linkGrace, "linkGrace");
        notNegative(drainTimeout, "drainTimeout");
    }

    /** A copy that listens on an address, whatever the station's is. */
    public EdgeServerOptions withBind(InetAddress address) {
        return new EdgeServerOptions(Optional.of(address), port, linkGrace, drainTimeout, limits);
    }

    /** A copy with another port. */
    public EdgeServerOptions withPort(int other) {
        return new EdgeServerOptions(bind, other, linkGrace, drainTimeout, limits);
    }

    /** A copy with another grace for the link. */
    public EdgeServerOptions withLinkGrace(Duration grace) {
        return new EdgeServerOptions(bind, port, grace, drainTimeout, limits);
    }

    /** A copy with another time to drain. */
    public EdgeServerOptions withDrainTimeout(Duration timeout) {
        return new EdgeServerOptions(bind, port, linkGrace, timeout, limits);
    }

    /** A copy with other limits for each connection. */
    public EdgeServerOptions withConnection(ConnectionOptions options) {
        return withLimits(limits.withConnection(options));
    }

    /** A copy with another backlog and other limits of connections. */
    public EdgeServerOptions withLimits(ListenOptions other) {
        return new EdgeServerOptions(bind, port, linkGrace, drainTimeout, other);
    }

    private static void notNegative(Duration value, String name) {
        Objects.requireNonNull(value, name);
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be zero or more");
        }
    }

    private static InetAddress any() {
        try {
            // By an address of IPv4: with IPv6 present the JDK's socket then takes both all the same.
            return Inet4Address.getByAddress(new byte[4]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an IPv4 address", e);
        }
    }
}
