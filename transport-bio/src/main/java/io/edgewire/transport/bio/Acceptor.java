package io.edgewire.transport.bio;

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

/**
 * The accept thread of one listener. It waits in a selector rather than in {@code accept}, because closing the socket
 * under a blocked {@code accept} would throw away what the kernel has accepted already (T-5).
 *
 * <p><b>Threads.</b> Its own; {@link #stop} from any.
 */
final class Acceptor implements Runnable {
    /** Connections of one turn: then it looks again whether it is to stop. */
    private static final int A_TURN = 64;

    private final ServerSocketChannel server;
    private final int backlog;
    private final Selector selector;
    private final SelectionKey key;
    private final InetSocketAddress address;
    private final Services services;
    private final Consumer<SocketChannel> taker;
    private final Duration backoff;
    private final Refusals refusals;
    private final TimerHeap.Entry restOver = new TimerHeap.Entry() {
        @Override
        public void run() {
            rested = true;
            selector.wakeup();
        }
    };

    // Written by the threads named, read by the acceptor.
    private volatile boolean stopping; // by who stops
    private volatile boolean rested; // by the timer thread

    Acceptor(ServerSocketChannel server, int backlog, Services services, Consumer<SocketChannel> taker)
            throws IOException {
        this.server = server;
        this.backlog = backlog;
        this.services = services;
        this.taker = taker;
        backoff = services.options().acceptRetry();
        address = (InetSocketAddress) server.getLocalAddress();
        server.configureBlocking(false);
        selector = Selector.open();
        refusals = new Refusals(selector, services.timers());
        key = server.register(selector, SelectionKey.OP_ACCEPT);
    }

    InetSocketAddress address() {
        return address;
    }

    /** Asks the thread to take what is there, to free the port and to end. */
    void stop() {
        stopping = true;
        selector.wakeup();
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                turn();
            }
            accept(backlog + 1);
        } catch (IOException e) {
            // The selector itself failed: nothing can be accepted any more. The connections live on.
            report(e, Duration.ZERO);
        } finally {
            close();
        }
    }

    private void turn() throws IOException {
        Thread.interrupted(); // would make select return at once, for ever
        if (refusals.someClosed()) {
            selector.selectNow(Refusals::ready);
        } else {
            selector.select(Refusals::ready);
        }
        refusals.endOverdue();
        if (rested) {
            rested = false;
            key.interestOps(SelectionKey.OP_ACCEPT);
        }
        if (key.interestOps() != 0) {
            accept(A_TURN);
        }
    }

    /** Turns a connection away by FIN; on the accept thread. */
    void refuse(SocketChannel channel) {
        refusals.refuse(channel);
    }

    /** At most so many: who connects without end must not keep a stop from being seen. */
    private void accept(int most) {
        try {
            for (int i = 0; i < most; i++) {
                SocketChannel channel = services.acceptCall().accept(server);
                if (channel == null) {
                    return;
                }
                taker.accept(channel);
            }
        } catch (IOException | RuntimeException | Error e) { // for want of memory too: the port must not be lost
            rest(e);
        }
    }

    /** Out of descriptors, threads or memory: those that are open may close soon. */
    private void rest(Throwable cause) {
        if (stopping) {
            return;
        }
        services.timers().add(restOver, services.timers().now() + backoff.toNanos());
        key.interestOps(0);
        report(cause, backoff);
    }

    private void report(Throwable cause, Duration retryIn) {
        services.tell(new ConnectionEvent.AcceptFailed(address, cause, retryIn));
    }

    /** The selector too: until then a closed listener keeps its port. */
    void close() {
        closeQuietly(server);
        services.timers().cancel(restOver);
        refusals.endAll();
        closeQuietly(selector);
    }

    static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            return; // the descriptor is freed even so
        }
    }
}
