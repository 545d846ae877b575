package io.edgewire.transport.nio;

import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.transport.core.TimerHeap;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes connections from one listening socket. When that fails, for want of descriptors say, the socket stays ready,
 * and trying again at once would spin: so it looks away for a while, longer each time (T-8).
 *
 * <p><b>Threads.</b> The accepting loop's.
 */
final class Acceptor extends TimerHeap.Entry implements Ready {
    /** Connections of one turn: more have to wait until other listeners had theirs. */
    private static final int A_TURN = 64;

    private final NioLoop loop;
    private final ServerSocketChannel socket;
    private final AcceptSource source;
    private final InetSocketAddress address;
    private final NioOptions options;
    private final Consumer<SocketChannel> accepted;
    private Duration retryIn;
    private @Nullable SelectionKey key;

    Acceptor(
            NioLoop loop,
            ServerSocketChannel socket,
            AcceptSource source,
            InetSocketAddress address,
            NioOptions options,
            Consumer<SocketChannel> accepted) {
        this.loop = loop;
        this.socket = socket;
        this.source = source;
        this.address = address;
        this.options = options;
        this.accepted = accepted;
        retryIn = options.acceptRetryMin();
    }

    void begin() {
        try {
            key = loop.register(socket, SelectionKey.OP_ACCEPT, this);
        } catch (IOException | RuntimeException | Error e) {
            failed(e);
        }
    }

    /** Takes what the kernel has accepted already, and frees the port. */
    void end(int most, Runnable freed) {
        loop.timers().cancel(this);
        if (socket.isOpen()) {
            take(most);
        }
        loop.timers().cancel(this);
        close();
        loop.whenFreed(freed);
    }

    @Override
    public void ready(int operations) {
        take(A_TURN);
    }

    @Override
    public void failed(Throwable cause) {
        if (socket.isOpen()) {
            lookAway(cause);
        }
    }

    /** The wait after a failure is over. */
    @Override
    public void run() {
        begin();
    }

    @Override
    public SelectionKey moveTo(Selector selector, SelectionKey old) throws IOException {
        key = Ready.super.moveTo(selector, old);
        return key;
    }

    private void take(int most) {
        for (int i = 0; i < most; i++) {
            try {
                SocketChannel next = source.accept();
                if (next == null) {
                    return;
                }
                accepted.accept(next);
                retryIn = options.acceptRetryMin();
            } catch (IOException | RuntimeException | Error e) { // for want of memory too: the port must not be lost
                lookAway(e);
                return;
            }
        }
    }

    /** First that it looks again, then that it looks away: if one of the two fails, it is the second. */
    private void lookAway(Throwable cause) {
        loop.timers().cancel(this);
        loop.timers().add(this, loop.nanos() + retryIn.toNanos());
        if (key != null && key.isValid()) {
            key.interestOps(0);
        }
        loop.tell(new ConnectionEvent.AcceptFailed(address, cause, retryIn));
        Duration doubled = retryIn.multipliedBy(2);
        retryIn = doubled.compareTo(options.acceptRetryMax()) < 0 ? doubled : options.acceptRetryMax();
    }

    private void close() {
        try {
            socket.close();
        } catch (IOException e) {
            loop.report(e); // the descriptor is given up all the same
        }
    }
}
