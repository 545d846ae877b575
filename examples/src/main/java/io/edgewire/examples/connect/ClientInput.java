package io.edgewire.examples.connect;

import io.edgewire.api.Clock;
import java.io.IOException;
import java.io.InputStream;

/** Sends what is read, on a thread of its own: reading a terminal blocks for as long as its user thinks. */
public final class ClientInput implements Runnable {
    private final Source source;
    private final Format format;
    private final Pace pace;
    private final Client client;
    private final Clock clock;

    /** Where it is read; opened anew for each time that it is sent. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }

    /**
     * What it stands for.
     *
     * @param hex lines of hexadecimal digits
     * @param messages each line is a message
     * @param longest bytes of what is sent at once, where lines are
     * @param lineEnd what the ends of lines become, where lines are no messages
     * @param forgiving whether a line that cannot be sent is told and left out, as at a terminal; otherwise it ends all
     */
    public record Format(boolean hex, boolean messages, int longest, LineEnd lineEnd, boolean forgiving) {
        Pieces pieces(InputStream in) {
            if (hex) {
                return Pieces.hexLines(in, longest);
            }
            return messages ? Pieces.lines(in, longest) : Pieces.reads(in, lineEnd);
        }
    }

    private ClientInput(Source source, Format format, Pace pace, Client client, Clock clock) {
        this.source = source;
        this.format = format;
        this.pace = pace;
        this.client = client;
        this.clock = clock;
    }

    /** Begins to send; the client is open. */
    public static void start(Source source, Format format, Pace pace, Client client, Clock clock) {
        Thread thread = new Thread(new ClientInput(source, format, pace, client, clock), "edgewire-input");
        // Nothing can interrupt a read of the standard input; it must not keep the process.
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        long start = clock.nanos();
        try {
            boolean open = true;
            for (long time = 0; open && time < pace.times(); time++) {
                open = client.awaitTime(pace.due(start, time)) && sendAll();
            }
            client.inputEnded();
        } catch (IOException e) {
            client.inputFailed("cannot read what is to be sent: " + e.getMessage());
        } catch (BadInputException e) {
            client.inputFailed(e.getMessage());
        }
    }

    /** Once from beginning to end; false if the connection is closed. */
    private boolean sendAll() throws IOException, BadInputException {
        try (InputStream in = source.open()) {
            Pieces pieces = format.pieces(in);
            while (true) {
                try {
                    byte[] piece = pieces.next();
                    if (piece == null) {
                        return true;
                    }
                    if (!client.send(piece)) {
                        return false;
                    }
                } catch (BadInputException e) {
                    if (!format.forgiving()) {
                        throw e;
                    }
                    client.complain(e.getMessage());
                }
            }
        }
    }

    /** Checks what will be sent, as far as that can be done without sending it. */
    public static void check(Source source, Format format) throws IOException, BadInputException {
        try (InputStream in = source.open()) {
            Pieces pieces = format.pieces(in);
            while (pieces.next() != null) {
                continue;
            }
        }
    }
}
