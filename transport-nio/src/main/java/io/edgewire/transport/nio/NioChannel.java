package io.edgewire.transport.nio;

import io.edgewire.api.ConnectionOptions;
import io.edgewire.transport.core.ConnectionOwner;
import io.edgewire.transport.core.LoopChannel;
import io.edgewire.transport.core.LoopConnection;
import io.edgewire.transport.core.SocketTuning;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A connection's socket and its selection key. Only the loop's direct buffers come here, so that the JDK makes no copy.
 *
 * <p><b>Threads.</b> The loop's.
 */
final class NioChannel implements LoopChannel, Ready {
    private final NioLoop loop;
    private final SocketChannel socket;
    private final LoopConnection connection;
    private @Nullable SelectionKey key;
    private int interest;

    NioChannel(
            NioLoop loop,
            SocketChannel socket,
            long id,
            InetSocketAddress remote,
            ConnectionOptions options,
            ConnectionOwner owner) {
        this.loop = loop;
        this.socket = socket;
        connection = new LoopConnection(id, remote, options, loop, this, owner);
    }

    LoopConnection connection() {
        return connection;
    }

    /** Makes the socket ready for a selector. */
    void prepare(ConnectionOptions options) throws IOException {
        socket.configureBlocking(false);
        SocketTuning.tune(socket.socket(), options.socketSendBuffer());
    }

    /** The socket is connected: from now on this is told what it is ready for. */
    void established() throws IOException {
        key = loop.register(socket, SelectionKey.OP_READ, this);
        interest = SelectionKey.OP_READ;
        connection.established((InetSocketAddress) socket.getLocalAddress());
    }

    @Override
    public void ready(int operations) {
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            connection.writeReady();
        }
        if ((operations & SelectionKey.OP_READ) != 0) {
            connection.readReady();
        }
    }

    @Override
    public void failed(Throwable cause) {
        connection.fail(cause);
    }

    @Override
    public SelectionKey moveTo(Selector selector, SelectionKey old) throws IOException {
        key = Ready.super.moveTo(selector, old);
        return key;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return socket.read(into);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return socket.write(from);
    }

    @Override
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            loop.report(e); // the descriptor is given up all the same
        }
    }

    @Override
    public void reset() {
        try (socket) {
            if (socket.isOpen()) {
                socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException e) {
            loop.report(e); // the descriptor is given up all the same
        }
    }

    @Override
    public void interest(boolean read, boolean write) {
        int wanted = (read ? SelectionKey.OP_READ : 0) | (write ? SelectionKey.OP_WRITE : 0);
        if (key != null && wanted != interest) {
            interest = wanted;
            key.interestOps(wanted);
        }
    }

    @Override
    public int receiveBuffer() {
        try {
            return socket.getOption(StandardSocketOptions.SO_RCVBUF);
        } catch (IOException e) {
            return ConnectionOptions.LARGEST_READ; // it is failing, and the next read will say so
        }
    }
}
