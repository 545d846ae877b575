package io.edgewire.server;

import io.edgewire.api.CloseReason;
import io.edgewire.api.StopOutcome;
import io.edgewire.api.TransportException;
import io.edgewire.api.event.ClientEvent;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.api.event.EdgeEvent;
import io.edgewire.api.event.LinkEvent;
import io.edgewire.api.event.ServerEvent;
import io.edgewire.server.LogLine.Level;
import java.time.Duration;

/** Words events for the log, by kind. */
final class EventText {
    private EventText() {}

    static LogLine line(EdgeEvent event) {
        if (event instanceof ConnectionEvent connection) {
            return connection(connection);
        }
        if (event instanceof ClientEvent client) {
            return ClientText.line(client);
        }
        return event instanceof LinkEvent link ? LinkText.line(link) : server((ServerEvent) event);
    }

    private static LogLine connection(ConnectionEvent event) {
        if (event instanceof ConnectionEvent.Opened opened) {
            return LogLine.of(
                    Level.DEBUG,
                    "#" + opened.id() + " " + Addresses.show(opened.remote()) + " connected to "
                            + Addresses.show(opened.local()));
        }
        if (event instanceof ConnectionEvent.Closed closed) {
            return closed(closed);
        }
        if (event instanceof ConnectionEvent.Refused refused) {
            return refused(refused);
        }
        if (event instanceof ConnectionEvent.HandlerFailed failed) {
            return new LogLine(
                            Level.ERROR,
                            "#" + failed.id() + " " + Addresses.show(failed.remote())
                                    + " is closed, because its handler threw " + words(failed.cause()),
                            failed.cause())
                    .counted("handlers that threw", 1);
        }
        if (event instanceof ConnectionEvent.HandlerBlocked blocked) {
            return LogLine.of(Level.ERROR, BlockedText.of(blocked)).counted("handlers that blocked", 1);
        }
        if (event instanceof ConnectionEvent.HandlerReturned returned) {
            return LogLine.of(Level.WARN, BlockedText.of(returned)).counted("blocked handlers that returned", 1);
        }
        ConnectionEvent.AcceptFailed failed = (ConnectionEvent.AcceptFailed) event;
        String listener = Addresses.show(failed.listener());
        return LogLine.of(
                        Level.WARN,
                        listener + " could not accept a connection: " + failed.cause() + "; tries again in "
                                + show(failed.retryIn()))
                .counted("failures to accept on " + listener, 1);
    }

    private static LogLine refused(ConnectionEvent.Refused refused) {
        String listener = Addresses.show(refused.listener());
        String key = "edgewire.connection." + key(refused.limit());
        String limit = switch (refused.limit()) {
            case CONNECTIONS -> " connections are open";
            case CONNECTIONS_PER_ADDRESS -> " connections of this address are open";
            case ACCEPT_RATE -> " connections a second are let in";
        };
        return LogLine.of(
                        Level.WARN,
                        Addresses.show(refused.remote()) + " was turned away from " + listener + ": "
                                + refused.allowed() + limit + " (" + key + ")")
                .counted("turned away from " + listener + " (" + key + ")", 1);
    }

    private static String key(ConnectionEvent.Limit limit) {
        return switch (limit) {
            case CONNECTIONS -> "max";
            case CONNECTIONS_PER_ADDRESS -> "max-per-address";
            case ACCEPT_RATE -> "accept-rate";
        };
    }

    /** Bytes that were promised to a peer and not delivered are something lost. */
    private static LogLine closed(ConnectionEvent.Closed closed) {
        boolean lost = closed.bytesUnsent() > 0 && closed.reason() != CloseReason.RESET;
        StringBuilder text = new StringBuilder()
                .append('#')
                .append(closed.id())
                .append(' ')
                .append(Addresses.show(closed.remote()))
                .append(" closed: ")
                .append(closed.reason())
                .append(closed.detail().isEmpty() ? "" : " (" + closed.detail() + ")")
                .append(" after ")
                .append(show(closed.open()))
                .append(", ")
                .append(closed.bytesIn())
                .append(" bytes in, ")
                .append(closed.bytesOut())
                .append(" out");
        if (closed.bytesUnsent() > 0) {
            text.append(", ").append(closed.bytesUnsent()).append(" not sent");
        }
        return lost
                ? LogLine.of(Level.WARN, text.toString()).counted("closed with bytes that were not sent", 1)
                : LogLine.of(Level.DEBUG, text.toString());
    }

    private static LogLine server(ServerEvent event) {
        if (event instanceof ServerEvent.Listening listening) {
            return info(listening.server() + ": listening on " + Addresses.show(listening.address()));
        }
        if (event instanceof ServerEvent.Moved moved) {
            return info(moved.server() + ": moved from " + Addresses.show(moved.from()) + " to "
                    + Addresses.show(moved.to()));
        }
        if (event instanceof ServerEvent.Suspended suspended) {
            return LogLine.of(
                    suspended.connections() > 0 ? Level.WARN : Level.INFO,
                    suspended.server() + ": the link is lost, so " + Addresses.show(suspended.address())
                            + " is closed and " + suspended.connections() + " connections with it; waits for the link");
        }
        if (event instanceof ServerEvent.ListenFailed failed) {
            return listenFailed(failed);
        }
        if (event instanceof ServerEvent.Stopping stopping) {
            return info(stopping.server() + ": stopping, " + stopping.connections() + " connections have "
                    + show(stopping.grace()) + " to end");
        }
        ServerEvent.Stopped stopped = (ServerEvent.Stopped) event;
        return stopped.outcome() == StopOutcome.FORCED
                ? LogLine.of(Level.WARN, stopped.server() + ": stopped, and what did not end in time was cut off")
                : info(stopped.server() + ": stopped");
    }

    private static LogLine listenFailed(ServerEvent.ListenFailed failed) {
        boolean worded = failed.cause() instanceof TransportException;
        String text = failed.server() + ": cannot listen: "
                + (worded ? failed.cause().getMessage() : failed.cause().toString());
        return failed.retryIn().isZero()
                ? new LogLine(Level.ERROR, text, worded ? null : failed.cause())
                : LogLine.of(Level.WARN, text + "; tries again in " + show(failed.retryIn()));
    }

    private static LogLine info(String text) {
        return LogLine.of(Level.INFO, text);
    }

    /** Milliseconds below ten seconds, else seconds. */
    static String show(Duration duration) {
        return duration.toSeconds() < 10 ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
    }

    /** A handler may throw what throws again when it is asked what it is. */
    private static String words(Throwable cause) {
        try {
            return cause.toString();
        } catch (Throwable again) {
            return cause.getClass().getName();
        }
    }
}
