package io.edgewire.bench.soak;

import io.edgewire.bench.soak.EchoCheck.WrongByteException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the herd, on a plain socket; a subclass is a way to behave.
 *
 * <p><b>Threads.</b> The herd's.
 */
abstract class Client {
    /** No server on a busy machine keeps a client waiting that long. */
    private static final long PATIENCE = Duration.ofSeconds(90).toNanos();

    private static final int SMALL_BUFFER = 64 * 1024;

    final Herd herd;
    private final long begun = System.nanoTime();
    private long progress = begun;
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private boolean over;

    Client(Herd herd) {
        this.herd = herd;
    }

    /** Who this is and how it is getting on, for people. */
    @Override
    public String toString() {
        long now = System.nanoTime();
        return String.format(
                "%s of %.1f s, silent for %.1f s",
                getClass().getSimpleName(), (now - begun) / 1e9, (now - progress) / 1e9);
    }

    /** The connection stands. */
    abstract void connected() throws IOException;

    /** Bytes have come. */
    abstract void received(ByteBuffer in) throws IOException, WrongByteException;

    /** There is room to write, which was asked for. */
    void writable() throws IOException {}

    /** The server has sent FIN. */
    abstract void peerClosed() throws IOException;

    /** The server, or the kernel, has ended the connection otherwise. */
    void failed(IOException cause) {
        herd.suspect(this, "failed: " + cause.getMessage());
    }

    /** Called some twenty times a second. */
    void tick(long now) throws IOException {}

    /** Whether it waits for something that the server must do. */
    boolean isWaiting() {
        return true;
    }

    /** How many bytes may be read now. */
    int readLimit() {
        return Integer.MAX_VALUE;
    }

    // What the herd calls.

    final void begin(Selector selector, InetSocketAddress local, InetSocketAddress remote) {
        try {
            SocketChannel opened = SocketChannel.open();
            channel = opened;
            opened.configureBlocking(false);
            opened.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
            opened.setOption(StandardSocketOptions.SO_SNDBUF, SMALL_BUFFER);
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            opened.bind(local);
            boolean established = opened.connect(remote);
            key = opened.register(selector, established ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
            if (established) {
                connected();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    final void ready(SelectionKey ready, ByteBuffer buffer) {
        try {
            if (ready.isConnectable()) {
                channel().finishConnect();
                ready.interestOps(SelectionKey.OP_READ);
                connected();
            }
            if (!over && ready.isReadable()) {
                read(buffer);
            }
            if (!over && ready.isWritable()) {
                writable();
            }
        } catch (IOException e) {
            fail(e);
        } catch (WrongByteException e) {
            herd.wrong(this, String.valueOf(e.getMessage()));
            leave();
        }
    }

    final void tickNow(long now) {
        try {
            if (isWaiting() && now - progress > PATIENCE) {
                herd.suspect(
                        this, "heard nothing for " + Duration.ofNanos(PATIENCE).toSeconds() + " s");
                reset();
                return;
            }
            tick(now);
        } catch (IOException e) {
            fail(e);
        }
    }

    // What subclasses use.

    final SocketChannel channel() {
        SocketChannel opened = channel;
        if (opened == null) {
            throw new IllegalStateException("not begun");
        }
        return opened;
    }

    final long begun() {
        return begun;
    }

    final boolean isOver() {
        return over;
    }

    /** Something has happened, or something new is waited for. */
    final void progressed() {
        progress = System.nanoTime();
    }

    final void want(int operation, boolean wanted) {
        SelectionKey registered = key;
        if (registered != null && registered.isValid()) {
            int now = registered.interestOps();
            registered.interestOps(wanted ? now | operation : now & ~operation);
        }
    }

    /** Closes by FIN, or by RST where the kernel holds bytes that were not read. */
    final void leave() {
        if (!over) {
            over = true;
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                herd.wrong(this, "cannot close: " + e.getMessage());
            }
            herd.gone(this);
        }
    }

    /** Closes by RST. */
    final void reset() {
        try {
            if (!over && channel != null && channel.isConnected()) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException e) {
            herd.wrong(this, "cannot set SO_LINGER: " + e.getMessage());
        }
        leave();
    }

    private void read(ByteBuffer buffer) throws IOException, WrongByteException {
        buffer.clear();
        buffer.limit(Math.min(buffer.capacity(), readLimit()));
        int count = channel().read(buffer);
        progressed();
        if (count < 0) {
            peerClosed();
        } else if (count > 0) {
            buffer.flip();
            received(buffer);
        }
    }

    private void fail(IOException cause) {
        if (!over) {
            failed(cause);
            leave();
        }
    }
}
