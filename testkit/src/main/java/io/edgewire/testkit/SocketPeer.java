package io.edgewire.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * A peer over a socket of the JDK. It never blocks in a system call: every wait is bounded.
 */
public final class SocketPeer implements Peer {
    /** Bytes of the receive buffer that {@link #dial} asks for: small, so that a peer which does not read is felt soon. */
    public static final int RECEIVE_BUFFER = 64 * 1024;

    private static final int CHUNK = 64 * 1024;
    private static final int END = -1;
    private static final long REST = 50_000;
    /** A reader that took nothing for so long has stopped reading. */
    private static final long QUIET = Duration.ofMillis(60).toNanos();

    private final SocketChannel channel;
    /** How long it waits for the other end, in nanoseconds. */
    private final long limit;

    SocketPeer(SocketChannel channel, Duration limit) throws IOException {
        this.channel = channel;
        this.limit = limit.toNanos();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    /** Connects to an address of this machine; waits 10 seconds at most for the other end. */
    public static SocketPeer dial(InetSocketAddress address) {
        return dial(address, new InetSocketAddress(0), Duration.ofSeconds(10));
    }

    /**
     * Connects from a given address of this machine, or from any if that is the wildcard.
     *
     * @param limit how long it waits for the other end once it is connected
     * @throws UncheckedIOException if nothing listens there
     */
    public static SocketPeer dial(InetSocketAddress address, InetSocketAddress from, Duration limit) {
        try {
            SocketChannel channel = SocketChannel.open();
            try {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
                if (!from.getAddress().isAnyLocalAddress()) {
                    channel.bind(from);
                }
                channel.connect(address);
                return new SocketPeer(channel, limit);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not connect to " + address, e);
        }
    }

    @Override
    public InetSocketAddress local() {
        try {
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InetSocketAddress remote() {
        try {
            return (InetSocketAddress) channel.getRemoteAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void send(byte[] bytes) {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        long start = System.nanoTime();
        while (left.hasRemaining()) {
            if (write(left) == 0) {
                restUnlessLate(start, "the other end takes " + left.remaining() + " more bytes");
            }
        }
    }

    @Override
    public long flood(long most) {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        long sent = 0;
        long lastProgress = System.nanoTime();
        while (sent < most && System.nanoTime() - lastProgress < QUIET) {
            chunk.clear().limit((int) Math.min(CHUNK, most - sent));
            int taken = write(chunk);
            sent += taken;
            if (taken > 0) {
                lastProgress = System.nanoTime();
            } else {
                LockSupport.parkNanos(REST);
            }
        }
        return sent;
    }

    @Override
    public byte[] next() {
        ByteBuffer into = ByteBuffer.allocate(CHUNK);
        long start = System.nanoTime();
        int count = read(into);
        while (count == 0) {
            // No rest: whoever sleeps here would see two segments that follow one another as one.
            failIfLate(start, "the other end sends something");
            count = read(into);
        }
        if (count == END) {
            throw new AssertionError("expected bytes but the other end has sent FIN");
        }
        return Arrays.copyOf(into.array(), count);
    }

    @Override
    public byte[] receive(int count) {
        ByteBuffer into = ByteBuffer.allocate(count);
        long start = System.nanoTime();
        while (into.hasRemaining()) {
            int got = read(into);
            if (got == END) {
                throw new AssertionError(
                        "expected " + count + " bytes but the other end has sent FIN after " + into.position());
            } else if (got == 0) {
                restUnlessLate(start, count + " bytes have come, " + into.position() + " are here");
            }
        }
        return into.array();
    }

    @Override
    public byte[] take(int most) {
        ByteBuffer into = ByteBuffer.allocate(most);
        int count = Math.max(0, read(into));
        return Arrays.copyOf(into.array(), count);
    }

    @Override
    public byte[] receiveAll() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer into = ByteBuffer.allocate(CHUNK);
        long start = System.nanoTime();
        for (int got = read(into); got != END; got = read(into)) {
            all.write(into.array(), 0, got);
            into.clear();
            if (got == 0) {
                restUnlessLate(start, "the other end sends FIN after " + all.size() + " bytes");
            }
        }
        return all.toByteArray();
    }

    @Override
    public void expectReset() {
        ByteBuffer into = ByteBuffer.allocate(CHUNK);
        long start = System.nanoTime();
        try {
            for (int got = channel.read(into); got != END; got = channel.read(into.clear())) {
                if (got == 0) {
                    restUnlessLate(start, "the other end resets the connection");
                }
            }
        } catch (IOException e) {
            return; // A failing read on our own open socket is how a reset shows.
        }
        throw new AssertionError("expected a reset but the other end has sent FIN");
    }

    @Override
    public void halfClose() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            throw new AssertionError("could not send FIN", e);
        }
    }

    @Override
    public void reset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.close();
        } catch (IOException e) {
            throw new AssertionError("could not reset", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int read(ByteBuffer into) {
        try {
            return channel.read(into);
        } catch (IOException e) {
            throw new AssertionError("expected bytes or FIN but the connection failed: " + e.getMessage(), e);
        }
    }

    private int write(ByteBuffer from) {
        try {
            return channel.write(from);
        } catch (IOException e) {
            throw new AssertionError("could not send: " + e.getMessage(), e);
        }
    }

    private void restUnlessLate(long start, String what) {
        failIfLate(start, what);
        LockSupport.parkNanos(REST);
    }

    private void failIfLate(long start, String what) {
        if (System.nanoTime() - start > limit) {
            throw new AssertionError("still waiting until " + what);
        }
    }
}
