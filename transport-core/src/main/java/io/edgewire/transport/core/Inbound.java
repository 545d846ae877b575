package io.edgewire.transport.core;

import io.edgewire.api.ProtocolHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The way into a {@link LoopConnection}: reads into the loop's one buffer and lends the handler a view of it, which is
 * the connection's own: a handler that keeps it, and turns it on a thread of its own, disturbs no neighbour. Once the
 * connection is closing, what comes is thrown away (C-21).
 *
 * <p><b>Threads.</b> {@link #pause}, {@link #reading} from any; all else from the loop's own.
 */
final class Inbound {
    /** How many full buffers come in before others have their turn. */
    private static final int ROUNDS = 4;

    private static final BiConsumer<ProtocolHandler, LoopConnection> DELIVER =
            (handler, connection) -> handler.onBytes(connection, connection.lent());

    private final LoopConnection connection;
    private final Loop loop;
    private final LoopChannel channel;
    private final Outbound outbound;
    private final DeadlineTimer deadlines;

    /** The handler's pause. Written by any thread; the loop looks before each read. */
    private volatile boolean paused;
    /** The peer's FIN was read. Written by the loop. */
    private volatile boolean ended;

    /** Made with the first bytes. */
    private @Nullable ByteBuffer lent;

    private long bytes;

    Inbound(LoopConnection connection, Loop loop, LoopChannel channel, Outbound outbound, DeadlineTimer deadlines) {
        this.connection = connection;
        this.loop = loop;
        this.channel = channel;
        this.outbound = outbound;
        this.deadlines = deadlines;
    }

    void pause(boolean on) {
        paused = on;
    }

    boolean paused() {
        return paused;
    }

    boolean ended() {
        return ended;
    }

    long bytes() {
        return bytes;
    }

    /** Whether the handler may be given bytes; not once another thread has said close, which is on its way here. */
    boolean reading() {
        return mayRead() && !outbound.holdsReading();
    }

    private boolean mayRead() {
        return connection.undecided() && !ended && !paused;
    }

    /** Whether to read at all: for the handler, or, once closing, to throw away. */
    boolean wanted() {
        return switch (connection.state()) {
            case CONNECTING, CLOSED -> false;
            case OPEN -> mayRead() && !outbound.holdsReadingUntilTold();
            case FLUSHING, LINGERING -> !ended;
        };
    }

    /** Reads until a read does not fill the buffer: then there is hardly more, and one system call is saved. */
    void read() {
        int count = loop.in.capacity();
        for (int round = 0; round < ROUNDS && count == loop.in.capacity() && wanted(); round++) {
            count = readOnce();
        }
    }

    /** Reads once and delivers; the answer is how much that was, 0 for nothing, less after the peer's end. */
    int readOnce() {
        ByteBuffer in = loop.in;
        in.clear().limit(loop.budget.spent() ? Math.min(in.capacity(), SendBudget.READ_WHILE_SPENT) : in.capacity());
        int count;
        try {
            count = channel.read(in);
        } catch (IOException e) {
            connection.fail(e);
            return -1;
        }
        if (count > 0) {
            bytes += count;
            deadlines.received();
            if (connection.state() == LoopConnection.State.OPEN) {
                connection.call(DELIVER);
            }
        } else if (count < 0) {
            ended = true;
            connection.peerClosed();
        }
        return count;
    }

    /** What was read just now. */
    ByteBuffer lend() {
        if (lent == null) {
            lent = loop.in.asReadOnlyBuffer();
        }
        return lent.clear().limit(loop.in.position()).order(ByteOrder.BIG_ENDIAN);
    }
}
