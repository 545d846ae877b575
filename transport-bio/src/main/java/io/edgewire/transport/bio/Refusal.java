package io.edgewire.transport.bio;

import io.edgewire.transport.core.TimerHeap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * Turns a connection away by FIN (T-4), in the acceptor's selector. A socket that is closed with unread input sends RST
 * instead, so for a short while this reads what the peer sent before it saw the FIN.
 *
 * <p><b>Threads.</b> The accept thread's, but for {@code run}, which is the timer thread's.
 */
final class Refusal extends TimerHeap.Entry {
    private static final long PATIENCE = Duration.ofSeconds(1).toNanos();
    private static final int MOST_DISCARDED = 64 * 1024;

    private final SocketChannel channel;
    private final Selector selector;
    private final BioTimers timers;
    private final ByteBuffer discarded = ByteBuffer.allocate(1024);
    private int left = MOST_DISCARDED;

    private Refusal(SocketChannel channel, Selector selector, BioTimers timers) {
        this.channel = channel;
        this.selector = selector;
        this.timers = timers;
    }

    static void refuse(SocketChannel channel, Selector selector, BioTimers timers) {
        Refusal refusal = new Refusal(channel, selector, timers);
        try {
            channel.configureBlocking(false);
            channel.shutdownOutput();
            channel.register(selector, SelectionKey.OP_READ, refusal);
            timers.add(refusal, timers.now() + PATIENCE);
        } catch (IOException e) {
            Acceptor.closeQuietly(channel); // the peer has gone by itself
        }
    }

    /** There is something to read. */
    void ready() {
        try {
            discarded.clear();
            int count = channel.read(discarded);
            left -= count;
            if (count < 0 || left <= 0) {
                end();
            }
        } catch (IOException e) {
            end(); // the peer has gone by itself
        }
    }

    void end() {
        timers.cancel(this);
        Acceptor.closeQuietly(channel);
    }

    @Override
    public void run() {
        Acceptor.closeQuietly(channel);
        selector.wakeup(); // the descriptor is freed by the next select
    }
}
