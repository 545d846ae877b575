package io.edgewire.examples.cli;

import io.edgewire.api.Clock;
import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.api.event.EdgeEvent;
import io.edgewire.api.event.EventSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The conversation of {@code edgewire connect}. It prints within the callback, which may block: there is one connection
 * only, and TCP then slows the server down, which is what a paused terminal asks for.
 *
 * <p><b>Threads.</b> Callbacks on the transport's, {@link #send} and the ends of input on that of the input.
 */
final class Client implements ProtocolHandler, EventSink {
    private final ClientOutput output;
    private final Clock clock;
    private final Duration silence;
    private final CountDownLatch ended = new CountDownLatch(1);
    /** Guards the three below; the input's thread waits on it for the connection to be open and to drain. */
    private final Object state = new Object();

    private @Nullable Connection open;
    private @Nullable CloseReason reason;
    private String detail = "";

    /** When the server last sent something; plain, because only callbacks use it. */
    private long heardAt;

    Client(ClientOutput output, Clock clock, Duration silence) {
        this.output = output;
        this.clock = clock;
        this.silence = silence;
    }

    /** Sends when the connection is ready for it; false once it is closed. */
    boolean send(byte[] bytes) {
        try {
            Connection connection = awaitWritable();
            return connection != null && connection.send(ByteBuffer.wrap(bytes));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Everything was sent: says so by FIN, hears the answer, and closes once the server is silent. */
    void inputEnded() {
        try {
            Connection connection = awaitWritable();
            if (connection != null) {
                connection.shutdownOutput();
                connection.execute(() -> {
                    heardAt = clock.nanos();
                    closeWhenSilent(connection, silence);
                });
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void inputFailed(IOException cause) {
        synchronized (state) {
            detail = "cannot read what is to be sent: " + cause.getMessage();
            if (open != null) {
                open.abort(CloseReason.LIMIT);
            }
        }
    }

    /** Waits for the end and tells how it was. */
    int awaitEnd(String address) {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
        synchronized (state) {
            if (reason == CloseReason.LOCAL || reason == CloseReason.PEER) {
                return ExitCode.DONE;
            }
            String what = reason == CloseReason.UNREACHABLE ? "cannot connect to " : "lost the connection to ";
            throw CommandFailedException.failed(
                    what + address + ": " + reason + (detail.isEmpty() ? "" : " (" + detail + ")"));
        }
    }

    @Override
    public void onOpen(Connection connection) {
        synchronized (state) {
            open = connection;
            state.notifyAll();
        }
    }

    @Override
    public void onBytes(Connection connection, ByteBuffer in) {
        heardAt = clock.nanos();
        output.print(in);
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

    /** The event follows {@code onClosed} and has the kernel's words, so the end is told by it. */
    @Override
    public void accept(EdgeEvent event) {
        if (event instanceof ConnectionEvent.Closed closed) {
            synchronized (state) {
                reason = closed.reason();
                detail = detail.isEmpty() ? closed.detail() : detail;
                state.notifyAll();
            }
            ended.countDown();
        }
    }

    private @Nullable Connection awaitWritable() throws InterruptedException {
        synchronized (state) {
            while (reason == null && (open == null || !open.writable())) {
                state.wait();
            }
            return reason == null ? open : null;
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
}
