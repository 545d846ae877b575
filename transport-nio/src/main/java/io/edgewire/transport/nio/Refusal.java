package io.edgewire.transport.nio;

import io.edgewire.transport.core.TimerHeap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * Turns a connection away by FIN (T-4). A socket that is closed with unread input sends RST instead, so this reads a
 * short while what the peer may have sent before it saw the FIN.
 *
 * <p><b>Threads.</b> The accepting loop's.
 */
final class Refusal extends TimerHeap.Entry implements Ready {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** Reads before the peer counts as one that does not want to understand. */
    private static final int MOST_READS = 64;

    private final NioLoop loop;
    private final SocketChannel socket;
    private final ByteBuffer discarded = ByteBuffer.allocate(1024);
    private int reads;

    private Refusal(NioLoop loop, SocketChannel socket) {
        this.loop = loop;
        this.socket = socket;
    }

    static void refuse(NioLoop loop, SocketChannel socket) {
        Refusal refusal = new Refusal(loop, socket);
        try {
            socket.configureBlocking(false);
            socket.shutdownOutput();
            loop.register(socket, SelectionKey.OP_READ, refusal);
            loop.timers().add(refusal, loop.nanos() + PATIENCE.toNanos());
        } catch (IOException e) {
            refusal.failed(e);
        }
    }

    @Override
    public void ready(int operations) throws IOException {
        discarded.clear();
        reads++;
        if (socket.read(discarded) < 0 || reads == MOST_READS) {
            run();
        }
    }

    /** The peer has gone as well; whether by RST does not matter. */
    @Override
    public void failed(Throwable cause) {
        run();
    }

    @Override
    public void run() {
        loop.timers().cancel(this);
        close(loop, socket);
    }

    static void close(NioLoop loop, SocketChannel socket) {
        try {
            socket.close();
        } catch (IOException e) {
            loop.report(e); // the descriptor is given up all the same
        }
    }
}
