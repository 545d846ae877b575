package io.edgewire.testkit.sim;

import io.edgewire.testkit.Peer;
import io.edgewire.testkit.PeerListener;
import java.net.InetSocketAddress;

/** A port of the simulated network behind which scripted peers are. */
final class SimulatedPeerListener implements PeerListener {
    private final SimulatedNetwork network;
    private final Port port;

    SimulatedPeerListener(SimulatedNetwork network, Port port) {
        this.network = network;
        this.port = port;
    }

    @Override
    public InetSocketAddress address() {
        return port.address();
    }

    @Override
    public Peer accept() {
        network.drive().await(port::hasWaiting, network.drive().patience());
        End end = port.accept();
        if (end == null) {
            throw new AssertionError("still waiting until a connection comes to " + address());
        }
        return new SimulatedPeer(network, end);
    }

    @Override
    public void close() {
        port.close().forEach(End::reset);
    }
}
