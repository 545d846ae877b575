package io.edgewire.transport.bio;

import io.edgewire.api.ConnectOptions;
import io.edgewire.transport.core.SocketTuning;
import io.edgewire.transport.core.SourceSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The system calls on one connection's socket.
 *
 * <p>A blocking {@link SocketChannel} rather than {@link java.net.Socket}: it takes direct buffers, so the JDK caches
 * none of its own for each thread, and a close from any thread ends a read and a write that block at once. On a
 * platform thread the kernel returns from a blocking write only when it has taken all; see {@link #blockingChunk}.
 *
 * <p><b>Threads.</b> One reads and one writes at a time; everything else from any.
 */
final class Wire {
    private static final int LEAST_CHUNK = 1024;

    private final SocketChannel channel;
    private int blockingChunk = LEAST_CHUNK;
    private int receiveBuffer = LEAST_CHUNK;

    Wire(SocketChannel channel) {
        this.channel = channel;
    }

    void connect(ConnectOptions options) throws IOException {
        SourceSocket.bind(channel, options);
        channel.connect(options.remote());
    }

    void tune(int sendBuffer, int largestChunk) throws IOException {
        SocketTuning.tune(channel.socket(), sendBuffer);
        int kernels = channel.getOption(StandardSocketOptions.SO_SNDBUF);
        blockingChunk = Math.max(LEAST_CHUNK, Math.min(largestChunk, kernels / 2));
        receiveBuffer = channel.getOption(StandardSocketOptions.SO_RCVBUF);
    }

    /**
     * How much a blocking write is given: no more than what the kernel frees at once, so that whenever the peer takes
     * something that the kernel tells of at all, the write returns and its progress is seen (C-18).
     */
    int blockingChunk() {
        return blockingChunk;
    }

    /** The kernel's buffer of received bytes: no more than this can have arrived before a moment. */
    int receiveBuffer() {
        return receiveBuffer;
    }

    int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    /** Reads what is there without waiting: 0 if nothing is. Only while nobody writes. */
    int tryRead(ByteBuffer target) throws IOException {
        channel.configureBlocking(false);
        try {
            return channel.read(target);
        } finally {
            channel.configureBlocking(true);
        }
    }

    int write(ByteBuffer source) throws IOException {
        return channel.write(source);
    }

    /** Writes what the kernel takes without waiting. Only while nobody reads: the mode is the whole socket's. */
    int tryWrite(ByteBuffer source) throws IOException {
        channel.configureBlocking(false);
        try {
            return channel.write(source);
        } finally {
            channel.configureBlocking(true);
        }
    }

    void finish() throws IOException {
        channel.shutdownOutput();
    }

    /** Whether nothing has arrived that was not read. A socket that fails has nothing more either. */
    boolean nothingArrived() {
        try {
            return channel.socket().getInputStream().available() == 0;
        } catch (IOException e) {
            return true; // the read will tell
        }
    }

    @Nullable
    InetSocketAddress local() {
        try {
            SocketAddress address = channel.getLocalAddress();
            return (InetSocketAddress) address;
        } catch (IOException e) {
            return null; // closed; the caller remembers what it was told before
        }
    }

    /** Closes, by RST if asked to; threads that read or write return at once. Idempotent. */
    void close(boolean reset) {
        try {
            if (reset && channel.isOpen()) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException e) {
            // The connection is gone already: there is nobody to send an RST to.
            closeQuietly();
            return;
        }
        closeQuietly();
    }

    private void closeQuietly() {
        try {
            channel.close();
        } catch (IOException e) {
            return; // the descriptor is freed even so
        }
    }
}
