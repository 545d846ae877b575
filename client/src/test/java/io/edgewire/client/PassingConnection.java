package io.edgewire.client;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.Timer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Passes every call on. */
class PassingConnection implements Connection {
    private final Connection inner;

    PassingConnection(Connection inner) {
        this.inner = inner;
    }

    @Override
    public long id() {
        return inner.id();
    }

    @Override
    public InetSocketAddress remote() {
        return inner.remote();
    }

    @Override
    public InetSocketAddress local() {
        return inner.local();
    }

    @Override
    public String detail() {
        return inner.detail();
    }

    @Override
    public boolean send(ByteBuffer bytes) {
        return inner.send(bytes);
    }

    @Override
    public boolean writable() {
        return inner.writable();
    }

    @Override
    public boolean reading() {
        return inner.reading();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        return inner.after(delay, task);
    }

    @Override
    public boolean execute(Runnable task) {
        return inner.execute(task);
    }

    @Override
    public void pauseReading() {
        inner.pauseReading();
    }

    @Override
    public void resumeReading() {
        inner.resumeReading();
    }

    @Override
    public void shutdownOutput() {
        inner.shutdownOutput();
    }

    @Override
    public void close() {
        inner.close();
    }

    @Override
    public void close(CloseReason reason, String detail) {
        inner.close(reason, detail);
    }

    @Override
    public void abort(CloseReason reason) {
        inner.abort(reason);
    }
}
