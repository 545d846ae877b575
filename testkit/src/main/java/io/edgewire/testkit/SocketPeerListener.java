package io.edgewire.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** Listens on a free port of the loopback interface. */
public final class SocketPeerListener implements PeerListener {
    private final ServerSocketChannel channel;

    private SocketPeerListener(ServerSocketChannel channel) {
        this.channel = channel;
    }

    /** Listens on any free port. */
    public static SocketPeerListener open() {
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SocketPeer.RECEIVE_BUFFER);
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            channel.configureBlocking(false);
            return new SocketPeerListener(channel);
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
        return Await.REAL_TIME.value("a connection comes to " + address(), this::poll);
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
            return accepted == null ? Optional.empty() : Optional.of(new SocketPeer(accepted));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
