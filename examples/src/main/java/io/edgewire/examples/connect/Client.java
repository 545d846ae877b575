package io.edgewire.examples.connect;

import io.edgewire.api.Clock;
import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.api.event.EdgeEvent;
import io.edgewire.api.event.EventSink;
import io.edgewire.server.Addresses;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The conversation of {@code edgewire connect}. It prints within the callback, which may block: there is one connection
 * only, and TCP then slows the server down, which is what a paused terminal asks for.
 *
 * <p><b>Threads.</b> Callbacks on the transport's, {@link #send} and the ends of input on that of the input, waits on
 * that of the command, {@link #interrupt} on that of a signal.
 *
 * <p><b>Lifecycle.</b> Opened once, or told why not; then to the end of the connection.
 */
public final class Client implements ProtocolHandler, EventSink {
    /** How long a polite end may take when somebody waits for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ClientOutput output;
    private final Status status;
    private final Tally tally;
    private final Clock clock;
    private final Duration silence;
    private final boolean sendsOn;
    /** Guards what follows; whoever waits for the connection to open, drain or close waits on it. */
    private final Object state = new Object();

    /** Held while something is sent and told, so that its answer is not told before. */
    private final Object sending = new Object();

    private @Nullable Connection open;
    private @Nullable CloseReason reason;
    private ConnectionEvent.@Nullable Closed end;
    private Optional<String> unopened = Optional.empty();
    private String failure = "";
    /** It was told to end before its time. */
    private boolean interrupted;
    /** Nothing more is sent. */
    private boolean leaving;

    // Plain, because only callbacks use them.
    private boolean peerEnded;
    private boolean inputOver;
    /** When the server last sent something. */
    private long heardAt;

    /**
     * A conversation.
     *
     * @param silence how long the server is listened to when everything is sent and it says nothing
     * @param sendsOn whether everything is sent also to a server that has sent its end already
     */
    public Client(ClientOutput output, Status status, Tally tally, Clock clock, Duration silence, boolean sendsOn) {
        this.output = output;
        this.status = status;
        this.tally = tally;
        this.clock = clock;
        this.silence = silence;
        this.sendsOn = sendsOn;
    }

    /** Sends when the connection is ready for it; false once it is closed. */
    boolean send(byte[] bytes) throws BadInputException {
        Connection connection = awaitWritable();
        if (connection == null) {
            return false;
        }
        synchronized (sending) {
            long now = clock.nanos();
            boolean sent;
            try {
                sent = connection.send(ByteBuffer.wrap(bytes));
            } catch (IllegalArgumentException e) {
                // What the framing cannot express.
                throw new BadInputException(String.valueOf(e.getMessage()));
            }
            if (sent) {
                tally.sent(now);
                output.sent(ByteBuffer.wrap(bytes));
            }
            return sent;
        }
    }

    /** Waits for a moment; false if the connection has closed before. */
    boolean awaitTime(long due) {
        synchronized (state) {
            long left = due - clock.nanos();
            while (!isOver() && left > 0) {
                await(left);
                left = due - clock.nanos();
            }
            return !isOver();
        }
    }

    /** Everything was sent: says so by FIN, hears the answer, and closes once the server is silent. */
    void inputEnded() {
        Connection connection = awaitWritable();
        if (connection != null) {
            connection.shutdownOutput();
            connection.execute(() -> {
                inputOver = true;
                heardAt = clock.nanos();
                if (peerEnded) {
                    connection.close();
                } else {
                    closeWhenSilent(connection, silence);
                }
            });
        }
    }

    /** Nothing more can be sent: ends with the reason. */
    void inputFailed(String why) {
        synchronized (state) {
            failure = why;
            state.notifyAll();
            endSoon();
        }
    }

    /** Something typed was wrong. */
    void complain(String why) {
        status.tell(why);
    }

    /** Ends in order, or, while it is being connected, at once. */
    public void interrupt() {
        synchronized (state) {
            interrupted = true;
            state.notifyAll();
            endSoon();
        }
    }

    /** No address could be connected to. */
    public void notOpened(String why) {
        synchronized (state) {
            unopened = Optional.of(why);
            state.notifyAll();
        }
    }

    /** Waits until it is connected: empty, or why it is not. */
    public Optional<String> awaitOpen() {
        synchronized (state) {
            while (open == null && unopened.isEmpty() && !interrupted) {
                await(0);
            }
            return open == null ? unopened.or(() -> Optional.of("interrupted")) : Optional.empty();
        }
    }

    /** Both ends of the connection; empty before it is open. */
    public String where() {
        synchronized (state) {
            return open == null ? "" : Addresses.show(open.remote()) + " from " + Addresses.show(open.local());
        }
    }

    /** Whether it was told to end before its time. */
    public boolean isInterrupted() {
        synchronized (state) {
            return interrupted;
        }
    }

    /** Waits for the end of the connection. */
    public ConnectionEvent.Closed awaitEnd() {
        synchronized (state) {
            while (end == null) {
                await(0);
            }
            return end;
        }
    }

    /** What went wrong, if anything did; known at the end. */
    public Optional<String> failure() {
        synchronized (state) {
            ConnectionEvent.Closed closed = end;
            if (!failure.isEmpty() || closed == null) {
                return Optional.of(failure).filter(text -> !text.isEmpty());
            }
            // What ended because we were leaving anyway has not failed.
            boolean good = leaving || closed.reason() == CloseReason.LOCAL || closed.reason() == CloseReason.PEER;
            return good
                    ? Optional.empty()
                    : Optional.of(words(closed) + (closed.detail().isEmpty() ? "" : " (" + closed.detail() + ")"));
        }
    }

    @Override
    public void onOpen(Connection connection) {
        synchronized (state) {
            open = connection;
            state.notifyAll();
            if (leaving) {
                endSoon();
            }
        }
    }

    @Override
    public void onBytes(Connection connection, ByteBuffer in) {
        heardAt = clock.nanos();
        synchronized (sending) {
            tally.received(heardAt);
        }
        try {
            output.received(in);
        } catch (IOException e) {
            outputFailed(connection, e);
        }
    }

    @Override
    public void onPeerClosed(Connection connection) {
        peerEnded = true;
        if (!sendsOn || inputOver) {
            connection.close();
        }
    }

    @Override
    public void onDrained(Connection connection) {
        synchronized (state) {
            state.notifyAll();
        }
    }

    @Override
    public void onClosed(Connection connection, CloseReason why) {
        synchronized (state) {
            reason = why;
            state.notifyAll();
        }
    }

    /**
     * The event follows {@code onClosed} and has the kernel's words, so the end is told by it; but for that of an address
     * which was tried in vain.
     */
    @Override
    public void accept(EdgeEvent event) {
        if (event instanceof ConnectionEvent.Closed closed && closed.reason() != CloseReason.UNREACHABLE) {
            synchronized (state) {
                end = closed;
                state.notifyAll();
            }
        }
    }

    /** Whoever has read enough of a pipe, as {@code head} does, has not failed, and nor have we. */
    private void outputFailed(Connection connection, IOException cause) {
        synchronized (state) {
            if (!output.mayBeLeft()) {
                failure = "cannot write what comes: " + cause.getMessage();
            }
            leaving = true;
            state.notifyAll();
            connection.abort(CloseReason.LOCAL);
        }
    }

    private void endSoon() {
        leaving = true;
        Connection connection = open;
        if (connection != null) {
            connection.after(PATIENCE, () -> connection.abort(CloseReason.LOCAL));
            connection.close();
        }
    }

    private @Nullable Connection awaitWritable() {
        synchronized (state) {
            while (!isOver() && (open == null || !open.writable())) {
                await(0);
            }
            return isOver() ? null : open;
        }
    }

    private boolean isOver() {
        return reason != null || leaving;
    }

    /** Until something happens, or for so long; for ever if that is 0. */
    private void await(long nanos) {
        try {
            state.wait(nanos == 0 ? 0 : nanos / 1_000_000 + 1);
        } catch (InterruptedException e) {
            // Nobody of ours does that; whoever does wants an end.
            interrupt();
        }
    }

    private void closeWhenSilent(Connection connection, Duration left) {
        connection.after(left, () -> {
            Duration since = Duration.ofNanos(clock.nanos() - heardAt);
            if (since.compareTo(silence) >= 0) {
                connection.close();
            } else {
                closeWhenSilent(connection, silence.minus(since));
            }
        });
    }

    private static String words(ConnectionEvent.Closed closed) {
        return closed.reason().toString();
    }
}
