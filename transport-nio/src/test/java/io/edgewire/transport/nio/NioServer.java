package io.edgewire.transport.nio;

import io.edgewire.api.Clock;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ListenOptions;
import io.edgewire.api.Listener;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.testkit.Await;
import io.edgewire.testkit.RecordingEvents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** A transport of one loop in real time, and plain sockets to it. */
final class NioServer implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    final Await await = Await.realTime(LIMIT);
    final RecordingEvents events = new RecordingEvents(await);
    final NioTransport transport =
            new NioTransport(NioOptions.DEFAULTS.withLoops(1), Thread::new, Clock.SYSTEM, events);
    final Listener listener;

    NioServer(ProtocolFactory protocol, ConnectionOptions options) {
        listener = transport.listen(
                ListenOptions.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .withConnection(options),
                protocol);
    }

    NioServer(ProtocolFactory protocol) {
        this(protocol, ConnectionOptions.DEFAULTS);
    }

    static ProtocolFactory echo() {
        return () -> (connection, in) -> connection.send(in);
    }

    Socket dial() throws IOException {
        Socket socket =
                new Socket(listener.address().getAddress(), listener.address().getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) LIMIT.toMillis());
        return socket;
    }

    static void exchange(Socket socket, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream().write(bytes);
        byte[] answer = socket.getInputStream().readNBytes(bytes.length);
        if (!Arrays.equals(answer, bytes)) {
            throw new AssertionError("sent " + text + ", got " + new String(answer, StandardCharsets.UTF_8));
        }
    }

    /** The loop that serves the connections. */
    NioLoop loop() {
        return transport.loops().get(0);
    }

    NioLoop acceptingLoop() {
        return transport.loops().get(1);
    }

    @Override
    public void close() {
        transport.close();
    }
}
