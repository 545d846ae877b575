package io.edgewire.testkit;

import java.net.InetSocketAddress;

/** A port that a transport may connect to, with scripted peers behind it. */
public interface PeerListener extends AutoCloseable {
    /** Where it listens. */
    InetSocketAddress address();

    /** The next connection. Fails if none comes in time. */
    Peer accept();

    @Override
    void close();
}
