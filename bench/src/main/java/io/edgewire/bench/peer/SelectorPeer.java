package io.edgewire.bench.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The floor of {@code java.nio}: one selector, one direct buffer, one read and one write a message, and nothing that a
 * framework would add: no timers, no limits, no events.
 */
public final class SelectorPeer {
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Words.PREFIX.length + 64 * 1024);
    private final Selector selector;

    private SelectorPeer(Selector selector) {
        this.selector = selector;
    }

    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(args[0]);
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        listener.bind(new InetSocketAddress("127.0.0.1", port), 1024);
        listener.configureBlocking(false);
        Selector selector = Selector.open();
        listener.register(selector, SelectionKey.OP_ACCEPT);
        Words.ready(port);
        SelectorPeer peer = new SelectorPeer(selector);
        while (true) {
            selector.select(peer::ready);
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept((ServerSocketChannel) key.channel());
            } else {
                ((Client) key.attachment()).ready(key);
            }
        } catch (IOException e) {
            close(key);
        }
    }

    private void accept(ServerSocketChannel listener) throws IOException {
        SocketChannel socket = listener.accept();
        while (socket != null) {
            socket.configureBlocking(false);
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            socket.register(selector, SelectionKey.OP_READ, new Client(socket));
            socket.write(ByteBuffer.wrap(Words.GREETING));
            socket = listener.accept();
        }
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            System.err.println(e);
        }
    }

    private final class Client {
        private final SocketChannel socket;
        private int matched;
        private boolean closing;
        private @Nullable ByteBuffer rest;

        Client(SocketChannel socket) {
            this.socket = socket;
        }

        void ready(SelectionKey key) throws IOException {
            if (rest != null) {
                writeRest(key, rest);
                return;
            }
            buffer.clear().put(Words.PREFIX);
            int count = socket.read(buffer);
            if (count < 0) {
                socket.close();
            } else if (!closing) {
                answer(key);
            }
        }

        private void answer(SelectionKey key) throws IOException {
            closing = holdsEnd();
            socket.write(buffer.flip());
            if (buffer.hasRemaining()) {
                rest = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
                key.interestOps(SelectionKey.OP_WRITE);
            } else if (closing) {
                socket.shutdownOutput();
            }
        }

        private void writeRest(SelectionKey key, ByteBuffer left) throws IOException {
            socket.write(left);
            if (!left.hasRemaining()) {
                rest = null;
                key.interestOps(SelectionKey.OP_READ);
                if (closing) {
                    socket.shutdownOutput();
                }
            }
        }

        private boolean holdsEnd() {
            for (int i = Words.PREFIX.length; i < buffer.position(); i++) {
                matched = Words.advance(matched, buffer.get(i));
                if (Words.isEnd(matched)) {
                    return true;
                }
            }
            return false;
        }
    }
}
