package io.edgewire.examples.cli;

import io.edgewire.api.CloseReason;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.api.event.EdgeEvent;
import io.edgewire.api.event.LinkEvent;
import io.edgewire.api.event.ServerEvent;
import io.edgewire.examples.text.Printable;
import io.edgewire.server.Addresses;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Words events for the terminal, in the manner of the tutorial. Where it is quiet, only where it runs and errors. */
final class Narrator {
    /** How what clients send is shown. */
    enum Show {
        /** As text, with escapes for what is none. */
        TEXT,
        /** As hexadecimal digits. */
        HEX,
        /** Not at all. */
        OFF
    }

    private final Show show;
    private final boolean quiet;

    Narrator(Show show, boolean quiet) {
        this.show = show;
        this.quiet = quiet;
    }

    boolean showsReads() {
        return show != Show.OFF && !quiet;
    }

    Optional<Line> line(EdgeEvent event) {
        if (event instanceof ServerEvent server) {
            return server(server);
        }
        if (event instanceof LinkEvent link) {
            return LinkNarrator.line(link).filter(this::isAudible);
        }
        if (event instanceof ConnectionEvent connection) {
            return connection(connection).filter(this::isAudible);
        }
        return Optional.empty(); // a client's: no command of ours has one
    }

    /** What a client has sent, as far as it was kept. */
    Optional<Line> received(long id, ByteBuffer bytes, int length) {
        String shown = show == Show.HEX ? Printable.hex(bytes) : Printable.text(bytes);
        String rest = length > bytes.limit() ? " ... and " + (length - bytes.limit()) + " bytes more" : "";
        return Optional.of(Line.counted("reads", "#" + id + ": " + shown + rest));
    }

    private boolean isAudible(Line line) {
        return !quiet || line.isError();
    }

    private Optional<Line> server(ServerEvent event) {
        if (event instanceof ServerEvent.Listening listening) {
            return Optional.of(running(listening.address()));
        }
        if (event instanceof ServerEvent.Moved moved) {
            return Optional.of(running(moved.to()));
        }
        if (event instanceof ServerEvent.Suspended suspended) {
            return Optional.of(Line.error(
                    "",
                    "Link lost: stopped listening on " + Addresses.show(suspended.address()) + ", "
                            + connections(suspended.connections()) + " closed"));
        }
        if (event instanceof ServerEvent.ListenFailed failed) {
            // One that is not tried again ends the command, which tells it itself.
            return Optional.of(failed)
                    .filter(f -> !f.retryIn().isZero())
                    .map(f -> Line.error("", f.cause().getMessage() + "; trying again in " + seconds(f.retryIn())));
        }
        if (event instanceof ServerEvent.Stopping stopping) {
            String text = stopping.connections() == 0
                    ? "Stopping: no connection is open"
                    : "Stopping: " + connections(stopping.connections()) + " may take " + seconds(stopping.grace())
                            + " to end (once more to force it)";
            return Optional.of(Line.always(text)).filter(this::isAudible);
        }
        ServerEvent.Stopped stopped = (ServerEvent.Stopped) event;
        return Optional.of(Line.always("Stopped: " + name(stopped.outcome()))).filter(this::isAudible);
    }

    /** The tutorial's line, to the letter: scripts wait for it. */
    private static Line running(InetSocketAddress address) {
        return Line.always("TCP server running on " + Addresses.show(address));
    }

    private static Optional<Line> connection(ConnectionEvent event) {
        if (event instanceof ConnectionEvent.Opened opened) {
            return Optional.of(Line.counted(
                    "connected", "Client connected: " + Addresses.show(opened.remote()) + " (#" + opened.id() + ")"));
        }
        if (event instanceof ConnectionEvent.Closed closed) {
            return Optional.of(closed(closed));
        }
        if (event instanceof ConnectionEvent.Refused refused) {
            String limit = limit(refused.limit());
            return Optional.of(Line.error(
                    "refused by the limit of " + limit,
                    "Client refused: " + Addresses.show(refused.remote()) + ", the limit of " + refused.allowed() + " "
                            + limit + " is reached"));
        }
        if (event instanceof ConnectionEvent.AcceptFailed failed) {
            return Optional.of(Line.error(
                    "failed to be accepted",
                    "Cannot accept: " + failed.cause().getMessage() + "; trying again in "
                            + seconds(failed.retryIn())));
        }
        if (event instanceof ConnectionEvent.HandlerBlocked blocked) {
            return Optional.of(Line.error(
                    "blocked",
                    "Handler blocked: #" + blocked.id() + " has held up " + blocked.thread() + " for "
                            + seconds(blocked.blocked()) + place(blocked)));
        }
        if (event instanceof ConnectionEvent.HandlerReturned returned) {
            return Optional.of(Line.error(
                    "no longer blocked",
                    "Handler returned: #" + returned.id() + " had held up " + returned.thread() + " for "
                            + seconds(returned.blocked())));
        }
        // A handler that threw: the log has it, with the place in the code.
        return Optional.empty();
    }

    /** Where it is; the log has the whole way there. */
    private static String place(ConnectionEvent.HandlerBlocked blocked) {
        return blocked.stack().isEmpty() ? "" : ", in " + blocked.stack().get(0);
    }

    private static Line closed(ConnectionEvent.Closed closed) {
        StringBuilder text = new StringBuilder("Client disconnected: ")
                .append(Addresses.show(closed.remote()))
                .append(" (#")
                .append(closed.id())
                .append(", ")
                .append(closed.reason())
                .append(closed.reason() == CloseReason.PROTOCOL_ERROR ? why(closed) : "")
                .append(", ")
                .append(closed.bytesIn())
                .append(" bytes in, ")
                .append(closed.bytesOut())
                .append(" out");
        if (closed.bytesUnsent() > 0) {
            text.append(", ").append(closed.bytesUnsent()).append(" not sent");
        }
        return Line.counted(
                "disconnected",
                text.append(", ").append(seconds(closed.open())).append(')').toString());
    }

    private static String limit(ConnectionEvent.Limit limit) {
        return switch (limit) {
            case CONNECTIONS -> "connections";
            case CONNECTIONS_PER_ADDRESS -> "connections per address";
            case ACCEPT_RATE -> "new connections a second";
        };
    }

    /** What the peer did wrong: nobody but a person at this end can tell it. */
    private static String why(ConnectionEvent.Closed closed) {
        return closed.detail().isEmpty() ? "" : ": " + Printable.text(closed.detail());
    }

    private static String connections(int count) {
        return count + (count == 1 ? " connection" : " connections");
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
