package io.edgewire.testkit.sim;

import io.edgewire.api.Transport;
import io.edgewire.testkit.Await;
import io.edgewire.testkit.Peer;
import io.edgewire.testkit.PeerListener;
import io.edgewire.testkit.transport.TransportEnvironment;
import io.edgewire.testkit.transport.TransportSetup;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A simulated network with a thread for each transport, because the contract tests block handlers. */
final class SimulatedEnvironment implements TransportEnvironment {
    private final SimulatedNetwork network =
            SimulatedNetwork.threaded(Long.getLong("edgewire.seed", System.nanoTime()));

    @Override
    public Transport newTransport(TransportSetup setup) {
        return network.transport(setup);
    }

    @Override
    public void failAccepts(Transport transport, int times) {
        network.ports().failAccepts(times);
    }

    @Override
    public InetSocketAddress anyPort() {
        return network.anyPort();
    }

    @Override
    public InetSocketAddress foreignAddress() {
        return new InetSocketAddress(SimulatedNetwork.address(192, 0, 2, 1), 0);
    }

    @Override
    public InetSocketAddress refusingAddress() {
        return new InetSocketAddress(anyPort().getAddress(), network.ports().free());
    }

    @Override
    public InetSocketAddress silentAddress() {
        return network.ports().silentAddress();
    }

    @Override
    public Peer dial(InetSocketAddress address) {
        return network.dial(address);
    }

    @Override
    public Peer dialFromElsewhere(InetSocketAddress address) {
        InetAddress elsewhere = SimulatedNetwork.address(127, 0, 0, 2);
        return network.dial(address, elsewhere);
    }

    @Override
    public PeerListener listen() {
        return network.listen();
    }

    @Override
    public long openSockets() {
        return network.openSockets();
    }

    @Override
    public Await await() {
        return Await.REAL_TIME;
    }

    @Override
    public void close() {
        network.close();
    }
}
