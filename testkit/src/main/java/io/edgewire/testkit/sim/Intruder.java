package io.edgewire.testkit.sim;

import io.edgewire.api.TransportException;
import java.net.InetSocketAddress;

/** What goes wrong on the machine itself: descriptors are short, or another program has the port. */
final class Intruder {
    private final SimulatedNetwork network;
    private final ServerWatch server;
    private Runnable leave = () -> {};

    private Intruder(SimulatedNetwork network, ServerWatch server) {
        this.network = network;
        this.server = server;
    }

    static void plan(SimulatedNetwork network, World world, ServerWatch server) {
        Intruder intruder = new Intruder(network, server);
        world.fault(
                "no descriptor is left",
                () -> network.ports().failAccepts(Integer.MAX_VALUE),
                () -> network.ports().failAccepts(0));
        world.fault("another program takes the port when it is free", intruder::take, () -> intruder.leave.run());
    }

    private void take() {
        server.address().ifPresent(this::take);
    }

    /** While the board has no address the port of all addresses is still to be had. */
    private void take(InetSocketAddress address) {
        try {
            Port port = network.bindForPeers(new InetSocketAddress("0.0.0.0", address.getPort()));
            leave = () -> port.close().forEach(End::reset);
        } catch (TransportException e) {
            network.trace().add("it is not free");
            leave = () -> {};
        }
    }
}
