package io.edgewire.testkit.sim;

import io.edgewire.api.Clock;
import io.edgewire.api.Transport;
import io.edgewire.api.event.EventSink;
import io.edgewire.testkit.Await;
import io.edgewire.testkit.ManualClock;
import io.edgewire.testkit.Peer;
import io.edgewire.testkit.PeerListener;
import io.edgewire.testkit.transport.TransportSetup;
import io.edgewire.transport.core.SendBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A network in memory whose every delay, cut, stall and order of events follows from one seed: between transports, which
 * run the connections of real event loops, and scripted {@link Peer}s.
 *
 * <pre>{@code
 * try (SimulatedNetwork network = SimulatedNetwork.seeded(42)) {
 *     Listener listener = network.transport(event -> {})
 *             .listen(ListenOptions.on(network.anyPort()), Upper::new);
 *     Peer peer = network.dial(listener.address());
 *     peer.send("hello");
 *     peer.expect("HELLO");
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> One: there is no other. Whoever waits, in a {@link Peer} or in {@code stop}, turns the network
 * meanwhile; a handler must not.
 *
 * <p><b>Lifecycle.</b> {@link #close} closes its transports and peers.
 *
 * <p><b>Failure.</b> {@link AssertionError} where what a script awaits does not come within five minutes of the
 * network's own time, which pass at once.
 */
public final class SimulatedNetwork implements AutoCloseable {
    private final Object lock = new Object();
    private final long seed;
    private final Random random;
    private final ManualClock clock = new ManualClock();
    private final Trace trace = new Trace(clock);
    private final Conditions conditions;
    private final Agenda agenda;
    private final Radio radio = new Radio();
    private final Ports ports = new Ports(this);
    private final Drive drive;
    /** Under the lock. */
    private final Set<End> open = new LinkedHashSet<>();

    private final List<SimulatedTransport> transports = new ArrayList<>();
    private boolean records;

    private SimulatedNetwork(long seed, Random random, Conditions conditions, boolean threaded) {
        this.seed = seed;
        this.random = random;
        this.conditions = conditions;
        agenda = new Agenda(clock, random, lock);
        drive = threaded ? new ThreadDrive(lock) : new HandDrive(this);
    }

    /** A network whose conditions are drawn from the seed, too. */
    public static SimulatedNetwork seeded(long seed) {
        Random random = new Random(seed);
        return new SimulatedNetwork(seed, random, Conditions.drawn(random), false);
    }

    /** A network that loses no time and cuts nothing; only the order of events is the seed's. */
    public static SimulatedNetwork calm(long seed) {
        return new SimulatedNetwork(seed, new Random(seed), Conditions.loopback(), false);
    }

    /** One whose transports have threads, for the contract tests: their handlers block, and their time is another's. */
    static SimulatedNetwork threaded(long seed) {
        return new SimulatedNetwork(seed, new Random(seed), Conditions.loopback(), true);
    }

    /** A transport with a quarter of the heap for its send queues. */
    public Transport transport(EventSink events) {
        return transport(new TransportSetup(Thread::new, clock, events, SendBudget.quarterOfHeap()));
    }

    SimulatedTransport transport(TransportSetup setup) {
        SimulatedTransport made = new SimulatedTransport(this, setup);
        synchronized (lock) {
            transports.add(made);
            agenda.add(made.loop());
        }
        return made;
    }

    /** The network's own time, which is that of its transports' timers; it passes when nothing else is left to do. */
    public Clock clock() {
        return clock;
    }

    /** The source of all that is drawn. Who draws from it in a test keeps the test repeatable. */
    public Random random() {
        return random;
    }

    /** An address of the simulated machine with port 0, for {@code listen}. */
    public InetSocketAddress anyPort() {
        return new InetSocketAddress(address(127, 0, 0, 1), 0);
    }

    /**
     * Connects a scripted peer.
     *
     * @throws UncheckedIOException if nothing listens there
     */
    public Peer dial(InetSocketAddress address) {
        return dial(address, address(127, 0, 0, 1));
    }

    /** A port for {@code connect}. */
    public PeerListener listen() {
        return new SimulatedPeerListener(this, bindForPeers(anyPort()));
    }

    /** How a test waits for something on this network. */
    public Await await() {
        return Await.stepping(() -> step());
    }

    /**
     * Does the next thing: one piece of work of a loop or a wire, or, if there is none, moves the time on to the next.
     *
     * @return false if nothing will ever happen any more
     */
    public boolean step() {
        return agenda.step(Long.MAX_VALUE);
    }

    /** The seed that it was made with. */
    public long seed() {
        return seed;
    }

    /** The last things that happened, a line each. */
    @Override
    public String toString() {
        return "Network: " + conditions + "\n" + trace;
    }

    @Override
    public void close() {
        List.copyOf(transports).forEach(SimulatedTransport::close);
        synchronized (lock) {
            Set.copyOf(open).forEach(End::reset);
            ports.closeAll();
        }
    }

    // What its parts ask.

    Object lock() {
        return lock;
    }

    Conditions conditions() {
        return conditions;
    }

    Drive drive() {
        return drive;
    }

    Trace trace() {
        return trace;
    }

    Agenda agenda() {
        return agenda;
    }

    Radio radio() {
        return radio;
    }

    Ports ports() {
        return ports;
    }

    /** Before anything is connected: what is written will be compared. */
    void record(Runnable beforeTimePasses) {
        records = true;
        agenda.whenQuiet(beforeTimePasses);
    }

    boolean records() {
        return records;
    }

    long nanos() {
        return clock.nanos();
    }

    /** Whoever waits for the network must not be a part of it. */
    void refuseWaitingHandlers() {
        for (SimulatedTransport transport : transports) {
            if (transport.loop().inLoop()) {
                throw new IllegalStateException("a handler must not wait for the network: it would wait for itself");
            }
        }
    }

    void at(long due, Runnable work) {
        agenda.at(due, work);
    }

    /** Something has changed; under the lock. */
    void changed() {
        drive.changed();
    }

    void changedOutside() {
        synchronized (lock) {
            drive.changed();
        }
    }

    void opened(End end) {
        open.add(end);
    }

    void closed(End end) {
        open.remove(end);
    }

    long openSockets() {
        synchronized (lock) {
            return open.size() + ports.count();
        }
    }

    Port bindForPeers(InetSocketAddress address) {
        return ports.bind(address, 128, conditions.sendBufferOfPeers(), conditions.receiveBufferOfPeers());
    }

    Peer dial(InetSocketAddress address, InetAddress from) {
        SimulatedPeer.Dialling dialling = new SimulatedPeer.Dialling();
        ports.connect(socketOfPeer(from), address, dialling);
        if (!drive.await(dialling::isDone, drive.patience())) {
            throw new UncheckedIOException(new IOException("could not connect to " + address + ": no answer"));
        }
        return new SimulatedPeer(this, dialling.end(address));
    }

    End.Socket socketOfPeer(InetAddress from) {
        return new End.Socket(
                new InetSocketAddress(from, ports.free()),
                conditions.sendBufferOfPeers(),
                conditions.receiveBufferOfPeers());
    }

    static InetAddress address(int... bytes) {
        byte[] raw = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            raw[i] = (byte) bytes[i];
        }
        try {
            return InetAddress.getByAddress(raw);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }
}
