package io.edgewire.examples;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A plain client that knows nothing of ours. */
public final class TestClient implements AutoCloseable {
    private final Socket socket = new Socket();

    public TestClient(int port) throws IOException {
        this("127.0.0.1", port);
    }

    public TestClient(String host, int port) throws IOException {
        socket.connect(new InetSocketAddress(host, port), ChildProcess.LIMIT_SECONDS * 1000);
        socket.setSoTimeout(ChildProcess.LIMIT_SECONDS * 1000);
    }

    public void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Exactly so many bytes. */
    public String read(int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
    }

    /** Everything until the server's FIN. */
    public String readToEnd() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Waits for the end, and tells whether it was RST. */
    public boolean isReset() throws IOException {
        try {
            readToEnd();
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    public void finish() throws IOException {
        socket.shutdownOutput();
    }

    /** RST instead of FIN, and at once. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
