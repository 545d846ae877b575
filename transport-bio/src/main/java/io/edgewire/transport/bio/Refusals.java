package io.edgewire.transport.bio;

import io.edgewire.transport.core.TimerHeap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Turns connections away by FIN (T-4), in the acceptor's selector. A socket that is closed with unread input sends RST
 * instead, so each lingers a short while to read what its peer sent before it saw the FIN. Only so many at a time, for
 * whoever floods a full listener must not take all descriptors by being refused: the one that has lingered longest makes
 * room.
 *
 * <p><b>Threads.</b> The accept thread's, but for the timers, which only mark.
 */
final class Refusals {
    /** That linger at a time. */
    static final int MOST = 64;

    private static final long PATIENCE = Duration.ofSeconds(1).toNanos();
    private static final int MOST_DISCARDED = 64 * 1024;

    private final Selector selector;
    private final BioTimers timers;
    private final ByteBuffer discarded = ByteBuffer.allocate(1024);
    /** In the order in which they came. */
    private final Set<Refusal> lingering = new LinkedHashSet<>();

    private boolean closed;

    Refusals(Selector selector, BioTimers timers) {
        this.selector = selector;
        this.timers = timers;
    }

    void refuse(SocketChannel channel) {
        if (lingering.size() == MOST) {
            // As many have been taken since it came: it has been looked at at least once.
            lingering.iterator().next().end();
        }
        Refusal refusal = new Refusal(channel);
        lingering.add(refusal);
        refusal.begin();
    }

    /** Whether some were closed since this was asked: their descriptors are free only after another select. */
    boolean someClosed() {
        boolean some = closed;
        closed = false;
        return some;
    }

    /** Closes those whose time is over. */
    void endOverdue() {
        List.copyOf(lingering).stream().filter(refusal -> refusal.overdue).forEach(Refusal::end);
    }

    void endAll() {
        List.copyOf(lingering).forEach(Refusal::end);
    }

    /** What a key's attachment does when there is something to read. */
    static void ready(SelectionKey key) {
        if (key.attachment() instanceof Refusal refusal) {
            refusal.ready();
        }
    }

    private final class Refusal extends TimerHeap.Entry {
        private final SocketChannel channel;
        private int left = MOST_DISCARDED;
        /** Written by the timer thread, read by the accept thread. */
        private volatile boolean overdue;

        Refusal(SocketChannel channel) {
            this.channel = channel;
        }

        void begin() {
            try {
                channel.configureBlocking(false);
                channel.shutdownOutput();
                channel.register(selector, SelectionKey.OP_READ, this);
                timers.add(this, timers.now() + PATIENCE);
            } catch (IOException | RuntimeException | Error e) {
                end(); // the peer has gone by itself, or there is no memory: closed at once, then
            }
        }

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
            if (lingering.remove(this)) {
                closed = true;
                timers.cancel(this);
                Acceptor.closeQuietly(channel);
            }
        }

        /** Its time is over. */
        @Override
        public void run() {
            overdue = true;
            selector.wakeup();
        }
    }
}
