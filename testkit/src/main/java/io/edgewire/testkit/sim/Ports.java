package io.edgewire.testkit.sim;

import io.edgewire.api.ConnectOptions;
import io.edgewire.api.TransportException;
import io.edgewire.api.TransportException.Kind;
import io.edgewire.transport.core.BindFailures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The ports of the simulated machine and of its peers: who listens where, and how a connection comes to be.
 *
 * <p><b>Threads.</b> Any; all is under the lock of the network.
 */
final class Ports {
    private static final int FIRST_FREE = 49_152;
    /** How often a kernel asks for a connection that nothing answers, waiting twice as long each time. */
    private static final int MOST_TRIES = 7;

    private static final long FIRST_WAIT = 1_000_000_000L;

    private final SimulatedNetwork network;
    private final AtomicInteger acceptsThatFail = new AtomicInteger();
    private final Map<InetSocketAddress, Port> bound = new HashMap<>();
    private final Set<InetSocketAddress> silent = new HashSet<>();
    private int nextFree = FIRST_FREE;

    Ports(SimulatedNetwork network) {
        this.network = network;
    }

    Port bind(InetSocketAddress wanted, int backlog, int sendBuffer, int receiveBuffer) {
        synchronized (network.lock()) {
            if (!network.radio().isOurs(wanted.getAddress())) {
                throw cannotListen(Kind.ADDRESS_NOT_LOCAL, wanted, "the simulated machine does not have the address");
            }
            InetSocketAddress address =
                    wanted.getPort() == 0 ? new InetSocketAddress(wanted.getAddress(), free()) : wanted;
            if (find(address) != null) {
                throw cannotListen(Kind.ADDRESS_IN_USE, address, "another socket holds the port");
            }
            Port port = new Port(network, address, backlog, sendBuffer, receiveBuffer);
            bound.put(address, port);
            return port;
        }
    }

    /** Our end of an outgoing connection. */
    InetSocketAddress source(ConnectOptions options) throws IOException {
        InetSocketAddress wanted = options.source();
        synchronized (network.lock()) {
            boolean any = wanted.getAddress().isAnyLocalAddress();
            InetAddress host = any ? SimulatedNetwork.address(127, 0, 0, 1) : wanted.getAddress();
            if (!network.radio().isOurs(host)) {
                throw new IOException("cannot connect from " + BindFailures.text(wanted)
                        + ": the simulated machine does not have the address");
            }
            InetSocketAddress end = new InetSocketAddress(host, wanted.getPort() == 0 ? free() : wanted.getPort());
            if (find(end) != null) {
                throw new IOException(
                        "cannot connect from " + BindFailures.text(end) + ": another socket holds the port");
            }
            return end;
        }
    }

    void unbind(Port port) {
        bound.remove(port.address());
    }

    int count() {
        return bound.size();
    }

    boolean isBound(InetSocketAddress address) {
        synchronized (network.lock()) {
            return bound.containsKey(address);
        }
    }

    void closeAll() {
        List.copyOf(bound.values()).forEach(Port::close);
    }

    int free() {
        synchronized (network.lock()) {
            return nextFree++;
        }
    }

    /** An address that answers nobody. */
    InetSocketAddress silentAddress() {
        InetSocketAddress address = new InetSocketAddress(SimulatedNetwork.address(127, 0, 0, 1), free());
        silent.add(address);
        return address;
    }

    void failAccepts(int times) {
        acceptsThatFail.set(times);
    }

    /** Throws if an attempt to accept is to fail. */
    void checkAccept() throws IOException {
        if (acceptsThatFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IOException("Too many open files");
        }
    }

    /** Tells the end, or null and why not. */
    void connect(End.Socket from, InetSocketAddress to, BiConsumer<@Nullable End, String> outcome) {
        synchronized (network.lock()) {
            long delay = network.conditions().longestDelay();
            if (delay == 0) {
                ask(from, to, outcome, 1);
            } else {
                network.at(network.nanos() + network.random().nextLong(delay), () -> ask(from, to, outcome, 1));
            }
        }
    }

    private void ask(End.Socket from, InetSocketAddress to, BiConsumer<@Nullable End, String> outcome, int tries) {
        boolean heard = !silent.contains(to) && network.radio().passes(to.getAddress());
        Port port = heard ? find(to) : null;
        End end = port == null ? null : port.connect(from, to);
        if (end != null) {
            outcome.accept(end, "");
        } else if (heard && port == null) {
            outcome.accept(null, "Connection refused");
        } else if (tries == MOST_TRIES) {
            outcome.accept(null, "Connection timed out");
        } else {
            network.at(network.nanos() + (FIRST_WAIT << tries), () -> ask(from, to, outcome, tries + 1));
        }
    }

    private @Nullable Port find(InetSocketAddress address) {
        Port exact = bound.get(address);
        if (exact != null) {
            return exact;
        }
        InetAddress host = address.getAddress();
        for (Port port : bound.values()) {
            boolean same = port.address().getPort() == address.getPort();
            if (same && (port.address().getAddress().isAnyLocalAddress() || host.isAnyLocalAddress())) {
                return port;
            }
        }
        return null;
    }

    private static TransportException cannotListen(Kind kind, InetSocketAddress address, String why) {
        String text = "cannot listen on " + BindFailures.text(address) + ": " + why;
        return new TransportException(kind, text, new IOException(why));
    }
}
