package io.edgewire.bench.framing;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.Timer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A connection that is always ready, to nowhere; what must not happen while frames are read in order is an error. */
final class OpenConnection implements Connection {
    private static final InetSocketAddress NOWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    @Override
    public long id() {
        return 1;
    }

    @Override
    public InetSocketAddress remote() {
        return NOWHERE;
    }

    @Override
    public InetSocketAddress local() {
        return NOWHERE;
    }

    @Override
    public boolean send(ByteBuffer bytes) {
        bytes.position(bytes.limit());
        return true;
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public boolean reading() {
        return true;
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        throw new IllegalStateException("a timer");
    }

    @Override
    public boolean execute(Runnable task) {
        throw new IllegalStateException("a task");
    }

    @Override
    public void pauseReading() {
        throw new IllegalStateException("a pause");
    }

    @Override
    public void resumeReading() {
        throw new IllegalStateException("the end of a pause");
    }

    @Override
    public void shutdownOutput() {
        throw new IllegalStateException("the end of the output");
    }

    @Override
    public void close() {
        throw new IllegalStateException("a close");
    }

    @Override
    public void close(CloseReason reason, String detail) {
        throw new IllegalStateException("a close: " + reason + ", " + detail);
    }

    @Override
    public void abort(CloseReason reason) {
        throw new IllegalStateException("an abort: " + reason);
    }
}
