package io.edgewire.server;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.ProtocolHandler;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Knows which connections came over the station's address, for a server that listens on more than that: when the
 * link is lost they end, while those that came another way and the port itself live on.
 */
final class LinkConnections implements ProtocolFactory {
    private final ProtocolFactory protocol;
    /** Written by the transport's threads, read by the server's scheduler. */
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    /**
     * The address that was lost last, until it is ours again. Written by the server's scheduler, read by the
     * transport's threads: the kernel may have accepted a connection which no handler has seen yet.
     */
    private volatile @Nullable InetAddress lost;

    LinkConnections(ProtocolFactory protocol) {
        this.protocol = protocol;
    }

    @Override
    public ProtocolHandler newHandler() {
        return new Tracked(protocol.newHandler());
    }

    /** Ends what came over an address that is no longer ours, and what is still on its way. */
    void lost(InetAddress address) {
        lost = address;
        open.forEach(this::endIfLost);
    }

    /** The address is ours. */
    void back(InetAddress address) {
        if (address.equals(lost)) {
            lost = null;
        }
    }

    private void endIfLost(Connection connection) {
        InetAddress gone = lost;
        if (gone != null && gone.equals(connection.local().getAddress())) {
            connection.abort(CloseReason.LINK_LOST);
        }
    }

    private final class Tracked implements ProtocolHandler {
        private final ProtocolHandler handler;

        Tracked(ProtocolHandler handler) {
            this.handler = handler;
        }

        @Override
        public void onOpen(Connection connection) {
            // Added before it is looked at: a loss meanwhile finds it in one of the two places.
            open.add(connection);
            endIfLost(connection);
            handler.onOpen(connection);
        }

        @Override
        public void onBytes(Connection connection, ByteBuffer in) {
            handler.onBytes(connection, in);
        }

        @Override
        public void onPeerClosed(Connection connection) {
            handler.onPeerClosed(connection);
        }

        @Override
        public void onDrained(Connection connection) {
            handler.onDrained(connection);
        }

        @Override
        public void onStopping(Connection connection) {
            handler.onStopping(connection);
        }

        @Override
        public void onClosed(Connection connection, CloseReason reason) {
            open.remove(connection);
            handler.onClosed(connection, reason);
        }
    }
}
