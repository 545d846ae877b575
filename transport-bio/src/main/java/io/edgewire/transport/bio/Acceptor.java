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
    private final ServerSocketChannel server;
    private final Selector selector;
    private final SelectionKey key;
    private final InetSocketAddress address;
    private final Services services;
    private final Consumer<SocketChannel> taker;
    private final Duration backoff;

    // Written by the threads named, read by the acceptor.
    private volatile boolean stopping; // by who stops
    private volatile boolean rested; // by the timer thread

    Acceptor(ServerSocketChannel server, Services services, Consumer<SocketChannel> taker) throws IOException {
        this.server = server;
        this.services = services;
        this.taker = taker;
        backoff = services.options().acceptRetry();
        address = (InetSocketAddress) server.getLocalAddress();
        server.configureBlocking(false);
        selector = Selector.open();
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
                Thread.interrupted(); // would make select return at once, for ever
                selector.select(Acceptor::ready);
                if (rested) {
                    rested = false;
                    key.interestOps(SelectionKey.OP_ACCEPT);
                }
                if (key.interestOps() != 0) {
                    acceptAll();
                }
            }
            acceptAll();
        } catch (IOException e) {
            // The selector itself failed: nothing can be accepted any more. The connections live on.
            report(e, Duration.ZERO);
        } finally {
            close();
        }
    }

    private static void ready(SelectionKey key) {
        if (key.attachment() instanceof Refusal refusal) {
            refusal.ready();
        }
    }

    /** Turns a connection away by FIN; on the accept thread. */
    void refuse(SocketChannel channel) {
        Refusal.refuse(channel, selector, services.timers());
    }

    private void acceptAll() {
        try {
            SocketChannel channel = services.acceptCall().accept(server);
            while (channel != null) {
                taker.accept(channel);
                channel = services.acceptCall().accept(server);
            }
        } catch (IOException | ThreadStartException e) {
            rest(e);
        }
    }

    /** Out of descriptors or threads: those that are open may close soon. */
    private void rest(Exception cause) {
        if (stopping) {
            return;
        }
        key.interestOps(0);
        services.timers()
                .add(
                        new TimerHeap.Entry() {
                            @Override
                            public void run() {
                                rested = true;
                                selector.wakeup();
                            }
                        },
                        services.timers().now() + backoff.toNanos());
        report(cause, backoff);
    }

    private void report(Exception cause, Duration retryIn) {
        services.events().accept(new ConnectionEvent.AcceptFailed(address, cause, retryIn));
    }

    /** The selector too: until then a closed listener keeps its port. */
    void close() {
        closeQuietly(server);
        selector.keys().forEach(each -> {
            if (each.attachment() instanceof Refusal refusal) {
                refusal.end();
            }
        });
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
