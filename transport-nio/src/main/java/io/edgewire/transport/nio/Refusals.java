package io.edgewire.transport.nio;

import io.edgewire.transport.core.TimerHeap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Turns connections away by FIN (T-4). A socket that is closed with unread input sends RST instead, so each lingers a
 * short while to read what its peer may have sent before it saw the FIN. Only so many at a time, for whoever floods a
 * full listener must not take all descriptors by being refused: the one that has lingered longest makes room.
 *
 * <p><b>Threads.</b> The accepting loop's.
 */
final class Refusals {
    /** That linger at a time. */
    static final int MOST = 64;

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** Reads before the peer counts as one that does not want to understand. */
    private static final int MOST_READS = 64;

    private final NioLoop loop;
    private final ByteBuffer discarded = ByteBuffer.allocate(1024);
    /** In the order in which they came. */
    private final Set<Refusal> lingering = new LinkedHashSet<>();

    Refusals(NioLoop loop) {
        this.loop = loop;
    }

    void refuse(SocketChannel socket) {
        if (lingering.size() == MOST) {
            // As many have been taken since it came: it has been looked at at least once.
            lingering.iterator().next().run();
        }
        Refusal refusal = new Refusal(socket);
        lingering.add(refusal);
        refusal.begin();
    }

    static void close(NioLoop loop, SocketChannel socket) {
        try {
            socket.close();
        } catch (IOException e) {
            loop.report(e); // the descriptor is given up all the same
        }
    }

    private final class Refusal extends TimerHeap.Entry implements Ready {
        private final SocketChannel socket;
        private int reads;

        Refusal(SocketChannel socket) {
            this.socket = socket;
        }

        void begin() {
            try {
                socket.configureBlocking(false);
                socket.shutdownOutput();
                loop.register(socket, SelectionKey.OP_READ, this);
                loop.timers().add(this, loop.nanos() + PATIENCE.toNanos());
            } catch (Throwable thrown) { // the peer has gone, or there is no memory: closed at once, then
                failed(thrown);
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
            if (lingering.remove(this)) {
                loop.timers().cancel(this);
                close(loop, socket);
            }
        }
    }
}
