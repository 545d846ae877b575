package io.edgewire.protocols;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.Timer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/** The connection as the wrapped handler of a {@link Heartbeat} sees it: the same, but the end of a pause is noticed. */
record ResumeWatch(Connection connection, Runnable resumed) implements Connection {
    @Override
    public void resumeReading() {
        if (!connection.reading()) {
            // First, so that a check between the two does not take the pause for silence.
            resumed.run();
        }
        connection.resumeReading();
    }

    @Override
    public long id() {
        return connection.id();
    }

    @Override
    public InetSocketAddress remote() {
        return connection.remote();
    }

    @Override
    public InetSocketAddress local() {
        return connection.local();
    }

    @Override
    public String detail() {
        return connection.detail();
    }

    @Override
    public boolean send(ByteBuffer bytes) {
        return connection.send(bytes);
    }

    @Override
    public boolean send(String text) {
        return connection.send(text);
    }

    @Override
    public boolean send(ByteBuffer... parts) {
        return connection.send(parts);
    }

    @Override
    public boolean framed() {
        return connection.framed();
    }

    @Override
    public boolean writable() {
        return connection.writable();
    }

    @Override
    public boolean reading() {
        return connection.reading();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        return connection.after(delay, task);
    }

    @Override
    public boolean execute(Runnable task) {
        return connection.execute(task);
    }

    @Override
    public void pauseReading() {
        connection.pauseReading();
    }

    @Override
    public void shutdownOutput() {
        connection.shutdownOutput();
    }

    @Override
    public void close() {
        connection.close();
    }

    @Override
    public void close(CloseReason reason, String detail) {
        connection.close(reason, detail);
    }

    @Override
    public void abort(CloseReason reason) {
        connection.abort(reason);
    }
}
