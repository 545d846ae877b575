package io.edgewire.testkit.transport;

import io.edgewire.api.Transport;
import io.edgewire.testkit.Await;
import io.edgewire.testkit.Peer;
import io.edgewire.testkit.PeerListener;
import java.net.InetSocketAddress;

/**
 * The world around a transport under test: how it is made, and who is at the other end. A new one serves each test.
 * Transports over sockets extend {@link SocketEnvironment}, which leaves two methods to write.
 *
 * <p><b>Threads.</b> Called by the thread of the test, but {@link #openSockets}, which a handler calls. Some tests have
 * handlers that block until the test lets them go on, so the transport's threads are not the test's.
 *
 * <p><b>Lifecycle.</b> {@link #close} comes after each test, when its transports are closed.
 */
public interface TransportEnvironment extends AutoCloseable {
    /** A transport that was not started. */
    Transport newTransport(TransportSetup setup);

    /**
     * Makes the next attempts of the transport's listeners to accept a connection fail as they would if the system had
     * run out of descriptors. What the kernel had accepted stays there for a later attempt.
     *
     * @param times how many attempts fail
     */
    void failAccepts(Transport transport, int times);

    /** An address of this machine with port 0, for {@code listen}. */
    InetSocketAddress anyPort();

    /** An address with port 0 that no interface of this machine has. */
    InetSocketAddress foreignAddress();

    /** An address where a connection is refused. */
    InetSocketAddress refusingAddress();

    /** An address where a connection is neither established nor refused. */
    InetSocketAddress silentAddress();

    /**
     * Connects a peer.
     *
     * @throws java.io.UncheckedIOException if nothing listens there
     */
    Peer dial(InetSocketAddress address);

    /** Connects a peer that has another address than those that {@link #dial} makes. */
    Peer dialFromElsewhere(InetSocketAddress address);

    /** A port for {@code connect}. */
    PeerListener listen();

    /** How many sockets are open in this environment, those of peers and listeners included. */
    long openSockets();

    /** How the tests wait. */
    Await await();

    @Override
    void close();
}
