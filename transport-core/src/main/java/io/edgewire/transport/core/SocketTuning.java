package io.edgewire.transport.core;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import jdk.net.ExtendedSocketOptions;

/**
 * What every connection's socket is set to: no delay, and keep-alive that notices a vanished peer after half a minute
 * (15 s of silence, then three probes 5 s apart) where the platform has those options.
 */
public final class SocketTuning {
    private static final int IDLE_SECONDS = 15;
    private static final int INTERVAL_SECONDS = 5;
    private static final int PROBES = 3;

    private SocketTuning() {}

    /**
     * Sets the options.
     *
     * @param socket a socket, or that of a {@code SocketChannel}
     * @param sendBuffer bytes for {@code SO_SNDBUF}, or 0 for the kernel's own choice
     * @throws IOException if the socket is closed or the kernel refuses
     */
    public static void tune(Socket socket, int sendBuffer) throws IOException {
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        setIfSupported(socket, ExtendedSocketOptions.TCP_KEEPIDLE, IDLE_SECONDS);
        setIfSupported(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL, INTERVAL_SECONDS);
        setIfSupported(socket, ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
        if (sendBuffer > 0) {
            socket.setOption(StandardSocketOptions.SO_SNDBUF, sendBuffer);
        }
    }

    private static void setIfSupported(Socket socket, SocketOption<Integer> option, int value) throws IOException {
        if (socket.supportedOptions().contains(option)) {
            socket.setOption(option, value);
        }
    }
}
