package io.edgewire.transport.core;

import io.edgewire.api.ConnectOptions;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;

/** Gives an outgoing socket the end of its own that the options ask for (T-16). */
public final class SourceSocket {
    private SourceSocket() {}

    /**
     * Binds, where that is asked for.
     *
     * @throws IOException if it cannot be; its message names the address, the likely cause and what to do
     */
    public static void bind(SocketChannel socket, ConnectOptions options) throws IOException {
        if (!options.hasSource()) {
            return;
        }
        try {
            if (options.source().getPort() != 0) {
                // Or the last connection from this port would keep it for a minute after its end (TIME_WAIT).
                socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            }
            socket.bind(options.source());
        } catch (IOException e) {
            throw BindFailures.explainSource(options.source(), e);
        } catch (UnsupportedAddressTypeException e) {
            throw BindFailures.explainSource(options.source(), new IOException("no such address family here", e));
        }
    }
}
