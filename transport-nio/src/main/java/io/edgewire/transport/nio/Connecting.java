package io.edgewire.transport.nio;

import io.edgewire.api.ConnectOptions;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.transport.core.Failures;
import io.edgewire.transport.core.LoopConnection;
import io.edgewire.transport.core.SourceSocket;
import io.edgewire.transport.core.TimerHeap;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * An outgoing connection until it is established, or its time is over (T-10).
 *
 * <p><b>Threads.</b> The loop's.
 */
final class Connecting extends TimerHeap.Entry implements Ready {
    private final NioLoop loop;
    private final SocketChannel socket;
    private final NioChannel channel;
    private final LoopConnection connection;
    private final ConnectOptions options;

    Connecting(NioLoop loop, SocketChannel socket, NioChannel channel, ConnectOptions options) {
        this.loop = loop;
        this.socket = socket;
        this.channel = channel;
        connection = channel.connection();
        this.options = options;
    }

    void begin(ProtocolFactory protocol) {
        if (!connection.start(protocol)) {
            return;
        }
        try {
            loop.timers().add(this, loop.nanos() + options.connectTimeout().toNanos());
            channel.prepare(options.connection());
            SourceSocket.bind(socket, options);
            if (socket.connect(options.remote())) {
                established();
            } else {
                loop.register(socket, SelectionKey.OP_CONNECT, this);
            }
        } catch (Throwable thrown) { // also an address family that this machine does not have, or no memory
            failed(thrown);
        }
    }

    @Override
    public void ready(int operations) throws IOException {
        if (socket.finishConnect()) {
            established();
        }
    }

    private void established() throws IOException {
        loop.timers().cancel(this);
        channel.established();
    }

    @Override
    public void failed(Throwable cause) {
        loop.timers().cancel(this);
        connection.unreachable(Failures.text(cause));
    }

    /** The time is over. */
    @Override
    public void run() {
        connection.unreachable("no answer within " + options.connectTimeout());
    }
}
