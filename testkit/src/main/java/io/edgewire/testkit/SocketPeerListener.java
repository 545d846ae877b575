package io.edgewire.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;

/** Listens on a free port of the loopback interface. */
public final class SocketPeerListener implements PeerListener {
    private final ServerSocketChannel channel;
    private final Duration limit;

    private SocketPeerListener(ServerSocketChannel channel, Duration limit) {
        this.channel = channel;
        this.limit = limit;
    }

    /** Listens on any free port; waits 10 seconds at most. */
    public static SocketPeerListener open() {
        return open(Duration.ofSeconds(10));
    }

    /**
     * Listens on any free port.
     *
     * @param limit how long it and its peers wait for the other end
     */
    public static SocketPeerListener open(Duration limit) {
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SocketPeer.RECEIVE_BUFFER);
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            channel.configureBlocking(false);
            return new SocketPeerListener(channel, limit);
        } catch (IOException e) {
            throw new UncheckedIOException("could not listen on the loopback interface", e);
        }
    }

    @Override
    public InetSocketAddress address() {
        try {
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Peer accept() {
        return Await.realTime(limit).value("a connection comes to " + address(), this::poll);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Peer> poll() {
        try {
            SocketChannel accepted = channel.accept();
            return accepted == null ? Optional.empty() : Optional.of(new SocketPeer(accepted, limit));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
