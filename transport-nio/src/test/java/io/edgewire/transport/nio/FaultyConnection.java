package io.edgewire.transport.nio;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.Timer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Passes every call on; a fault overrides one. */
class FaultyConnection implements Connection {
    final Connection correct;

    FaultyConnection(Connection correct) {
        this.correct = correct;
    }

    /** Called before {@code onBytes}. */
    void callbackBegins() {}

    /** Called when {@code onOpen} and {@code onBytes} have returned. */
    void callbackEnds() {}

    @Override
    public long id() {
        return correct.id();
    }

    @Override
    public InetSocketAddress remote() {
        return correct.remote();
    }

    @Override
    public InetSocketAddress local() {
        return correct.local();
    }

    @Override
    public String detail() {
        return correct.detail();
    }

    @Override
    public boolean send(ByteBuffer bytes) {
        return correct.send(bytes);
    }

    @Override
    public boolean writable() {
        return correct.writable();
    }

    @Override
    public boolean reading() {
        return correct.reading();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        return correct.after(delay, task);
    }

    @Override
    public boolean execute(Runnable task) {
        return correct.execute(task);
    }

    @Override
    public void pauseReading() {
        correct.pauseReading();
    }

    @Override
    public void resumeReading() {
        correct.resumeReading();
    }

    @Override
    public void shutdownOutput() {
        correct.shutdownOutput();
    }

    @Override
    public void close() {
        correct.close();
    }

    @Override
    public void close(CloseReason reason, String detail) {
        correct.close(reason, detail);
    }

    @Override
    public void abort(CloseReason reason) {
        correct.abort(reason);
    }
}
