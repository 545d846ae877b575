package io.edgewire.protocols.framing;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.Timer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * A connection as the handler of messages sees it: each send is one message, and a pause holds also what was read
 * already.
 */
final class FramedConnection implements Connection {
    private final Connection stream;
    private final Framing framing;
    private final Runnable goOn;

    /** Written by whoever pauses, read by the connection's thread before each message. */
    private volatile boolean paused;
    /** Messages that were read wait for the end of the pause. Written by the connection's thread, read by who resumes. */
    private volatile boolean waiting;
    /** Why the end is none in order, or empty. Written by the connection's thread, read by who closes. */
    private volatile String cutShort = "";

    /**
     * A view.
     *
     * @param goOn delivers what waits; called on the connection's thread
     */
    FramedConnection(Connection stream, Framing framing, Runnable goOn) {
        this.stream = stream;
        this.framing = framing;
        this.goOn = goOn;
    }

    // What the handler of the stream asks and says.

    /**
     * Whether the next message may be delivered: neither paused, nor closed, nor above the high mark. Not writable but
     * reading it is after a half-close, or while the budget of all connections is spent, of which nobody would tell us.
     */
    boolean mayDeliver() {
        return !paused && (stream.writable() || stream.reading());
    }

    /**
     * Leaves messages to the end of the pause, if there is one.
     *
     * @return whether the pause has ended meanwhile, so that they do not wait at all
     */
    boolean waits(boolean messages) {
        waiting = messages && paused;
        if (!waiting) {
            return false;
        }
        stream.pauseReading(); // again: a resume of another thread may have come after the pause
        if (paused) {
            return false; // whoever resumes from now on sees that messages wait
        }
        stream.resumeReading(); // that resume may have come before our pause, and have seen nothing that waits
        return true;
    }

    /** The pause has ended, unless the handler has paused again meanwhile. */
    void readOn() {
        if (!paused) {
            stream.resumeReading();
        }
    }

    /** The peer has ended within a message. */
    void cutShort(String why) {
        cutShort = why;
    }

    // What is another than on the stream.

    @Override
    public boolean framed() {
        return true;
    }

    @Override
    public boolean send(ByteBuffer message) {
        return framing.send(stream, message);
    }

    @Override
    public boolean send(ByteBuffer... parts) {
        return framing.send(stream, parts);
    }

    @Override
    public boolean send(String text) {
        return send(ByteBuffer.wrap(text.getBytes(framing.charset())));
    }

    @Override
    public boolean reading() {
        return !paused && stream.reading();
    }

    @Override
    public void pauseReading() {
        paused = true;
        stream.pauseReading();
    }

    @Override
    public void resumeReading() {
        paused = false;
        if (waiting) {
            stream.execute(goOn);
        } else {
            stream.resumeReading();
        }
    }

    @Override
    public void close() {
        String why = cutShort;
        if (why.isEmpty()) {
            stream.close();
        } else {
            stream.close(CloseReason.PROTOCOL_ERROR, why);
        }
    }

    // What is the same.

    @Override
    public long id() {
        return stream.id();
    }

    @Override
    public InetSocketAddress remote() {
        return stream.remote();
    }

    @Override
    public InetSocketAddress local() {
        return stream.local();
    }

    @Override
    public String detail() {
        return stream.detail();
    }

    @Override
    public boolean writable() {
        return stream.writable();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        return stream.after(delay, task);
    }

    @Override
    public boolean execute(Runnable task) {
        return stream.execute(task);
    }

    @Override
    public void shutdownOutput() {
        stream.shutdownOutput();
    }

    @Override
    public void close(CloseReason reason, String detail) {
        stream.close(reason, detail);
    }

    @Override
    public void abort(CloseReason reason) {
        stream.abort(reason);
    }
}
