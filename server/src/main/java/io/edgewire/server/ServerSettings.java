package io.edgewire.server;

import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ConnectionTimeouts;
import io.edgewire.api.ListenOptions;
import io.edgewire.wiring.Settings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code edgewire.server} and {@code edgewire.connection}. */
final class ServerSettings {
    private static final Duration NONE = Duration.ZERO;
    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration MOST = Duration.ofDays(30);

    private ServerSettings() {}

    /** From the section {@code edgewire}, which holds both. */
    static EdgeServerOptions server(Settings edgewire) {
        Settings server = edgewire.section("server");
        Settings connection = edgewire.section("connection");
        return server.valid(() -> new EdgeServerOptions(
                bind(server),
                server.integer("port", 0, 65_535),
                server.duration("link-grace", NONE, MOST),
                server.duration("drain-timeout", NONE, MOST),
                limits(server, connection)));
    }

    static ConnectionOptions connection(Settings connection) {
        ConnectionTimeouts timeouts = new ConnectionTimeouts(
                connection.durationOrOff("first-byte-timeout", LEAST, MOST),
                connection.durationOrOff("idle-timeout", LEAST, MOST),
                connection.duration("write-timeout", LEAST, MOST),
                connection.duration("close-timeout", LEAST, MOST),
                connection.durationOrOff("lifetime", LEAST, MOST));
        return connection.valid(() -> new ConnectionOptions(
                timeouts,
                connection.bytes("send-low-mark", 0, Integer.MAX_VALUE),
                connection.bytes("send-high-mark", 0, Integer.MAX_VALUE),
                connection.bytes("send-limit", 1, Integer.MAX_VALUE),
                connection.integer("task-limit", 1, Integer.MAX_VALUE),
                socketSendBuffer(connection)));
    }

    private static ListenOptions limits(Settings server, Settings connection) {
        return new ListenOptions(
                new InetSocketAddress(EdgeServerOptions.ANY, 0),
                server.integer("backlog", 1, 65_535),
                connection.integerOrOff("max", 1, Integer.MAX_VALUE).orElse(Integer.MAX_VALUE),
                connection.integerOrOff("max-per-address", 1, Integer.MAX_VALUE).orElse(Integer.MAX_VALUE),
                connection.integerOrOff("accept-rate", 1, Integer.MAX_VALUE).orElse(ListenOptions.NO_RATE),
                connection(connection));
    }

    private static Optional<InetAddress> bind(Settings server) {
        return switch (server.text("bind")) {
            case "station" -> Optional.empty();
            case "any" -> Optional.of(EdgeServerOptions.ANY);
            default -> Optional.of(server.inetAddress("bind", "station, any, or "));
        };
    }

    private static int socketSendBuffer(Settings connection) {
        return connection.text("socket-send-buffer").equals("off")
                ? 0
                : connection.bytes("socket-send-buffer", 4096, Integer.MAX_VALUE);
    }
}
