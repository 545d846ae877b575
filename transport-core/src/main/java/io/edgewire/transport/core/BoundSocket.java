package io.edgewire.transport.core;

import io.edgewire.api.ListenOptions;
import io.edgewire.api.TransportException;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;

/** Opens what a listener accepts from. */
public final class BoundSocket {
    private BoundSocket() {}

    /**
     * A socket that is bound and listens, in blocking mode.
     *
     * @throws TransportException if that cannot be; nothing is left open then (T-3)
     */
    public static ServerSocketChannel open(ListenOptions options) {
        try {
            ServerSocketChannel socket = ServerSocketChannel.open(); // with SO_REUSEADDR where that is wise
            try {
                return socket.bind(options.address(), options.backlog());
            } catch (IOException | RuntimeException e) {
                socket.close();
                throw e;
            }
        } catch (IOException e) {
            throw BindFailures.explain(options.address(), e);
        } catch (UnsupportedAddressTypeException e) {
            throw BindFailures.explain(options.address(), new IOException("no such address family here", e));
        }
    }
}
