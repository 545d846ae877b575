package io.edgewire.testkit.sim;

import io.edgewire.api.Clock;
import io.edgewire.api.ConnectOptions;
import io.edgewire.api.Transport;
import io.edgewire.api.TransportException;
import io.edgewire.api.TransportException.Kind;
import io.edgewire.api.event.EventSink;
import io.edgewire.testkit.Await;
import io.edgewire.testkit.ManualClock;
import io.edgewire.testkit.Peer;
import io.edgewire.testkit.PeerListener;
import io.edgewire.testkit.transport.TransportSetup;
import io.edgewire.transport.core.BindFailures;
import io.edgewire.transport.core.SendBudget;
import io.edgewire.transport.core.TimerHeap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

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
    private static final int FIRST_FREE_PORT = 49_152;

    private final Object lock = new Object();
    private final long seed;
    private final Random random;
    private final ManualClock clock = new ManualClock();
    private final Trace trace = new Trace(clock);
    private final Drive drive;
    private final Conditions conditions;
    private final AtomicInteger acceptsThatFail = new AtomicInteger();
    /** What the wires and the clients will do. Under the lock, as all that follows. */
    private final TimerHeap coming = new TimerHeap();

    private final Map<InetSocketAddress, Port> ports = new HashMap<>();
    private final Set<InetSocketAddress> silent = new HashSet<>();
    private final Set<End> open = new HashSet<>();
    private final List<SimulatedTransport> transports = new ArrayList<>();
    private int nextPort = FIRST_FREE_PORT;

    private boolean records;
    private Runnable whenQuiet = () -> {};

    private SimulatedNetwork(long seed, Random random, Conditions conditions, boolean threaded) {
        this.seed = seed;
        this.random = random;
        this.conditions = conditions;
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
        InetSocketAddress local = new InetSocketAddress(address(127, 0, 0, 1), freePort());
        return new SimulatedPeerListener(
                this, bind(local, 128, conditions.sendBufferOfPeers(), conditions.receiveBufferOfPeers()));
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
        return act() || advance(Long.MAX_VALUE);
    }

    /** The seed that it was made with. */
    public long seed() {
        return seed;
    }

    /** The last things that happened, a line each. */
    @Override
    public String toString() {
        return "seed " + seed + ": " + conditions + "\n" + trace;
    }

    @Override
    public void close() {
        List.copyOf(transports).forEach(SimulatedTransport::close);
        synchronized (lock) {
            Set.copyOf(open).forEach(End::reset);
            List.copyOf(ports.values()).forEach(Port::close);
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

    /** Before anything is connected: what is written will be compared. */
    void record(Runnable beforeTimePasses) {
        records = true;
        whenQuiet = beforeTimePasses;
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

    /** Takes one step, and lets no more time pass than so many nanoseconds. */
    void step(long most) {
        if (!act()) {
            advance(most);
        }
    }

    /** Does something that can be done now; false if there is nothing. */
    boolean act() {
        boolean wire = coming.untilNext(clock.nanos()) == 0;
        List<SimulatedLoop> busy = new ArrayList<>(1);
        for (SimulatedTransport transport : transports) {
            if (transport.loop().hasWork()) {
                busy.add(transport.loop());
            }
        }
        int choices = busy.size() + (wire ? 1 : 0);
        if (choices == 0) {
            return false;
        }
        int choice = choices == 1 ? 0 : random.nextInt(choices);
        if (choice < busy.size()) {
            return busy.get(choice).act();
        }
        TimerHeap.Entry due = coming.pollDue(clock.nanos());
        if (due != null) {
            due.run();
        }
        return true;
    }

    /** Moves the time to the next event, but no further than so much. */
    boolean advance(long most) {
        long next = Math.min(most, coming.untilNext(clock.nanos()));
        for (SimulatedTransport transport : transports) {
            next = Math.min(next, transport.loop().untilTimer());
        }
        whenQuiet.run();
        if (next == Long.MAX_VALUE) {
            return false;
        }
        clock.advance(Duration.ofNanos(next));
        return true;
    }

    /** Runs something at a moment of the network's time. */
    TimerHeap.Entry at(long due, Runnable work) {
        TimerHeap.Entry entry = new TimerHeap.Entry() {
            @Override
            public void run() {
                synchronized (lock) {
                    work.run();
                }
            }
        };
        synchronized (lock) {
            coming.add(entry, due);
        }
        return entry;
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
            return open.size() + ports.size();
        }
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

    Port bind(InetSocketAddress wanted, int backlog, int sendBuffer, int receiveBuffer) {
        synchronized (lock) {
            InetAddress host = wanted.getAddress();
            if (!host.isLoopbackAddress() && !host.isAnyLocalAddress()) {
                throw cannotListen(Kind.ADDRESS_NOT_LOCAL, wanted, "the simulated machine does not have the address");
            }
            InetSocketAddress address =
                    wanted.getPort() == 0 ? new InetSocketAddress(wanted.getAddress(), freePort()) : wanted;
            if (find(address) != null) {
                throw cannotListen(Kind.ADDRESS_IN_USE, address, "another socket holds the port");
            }
            Port port = new Port(this, address, backlog, sendBuffer, receiveBuffer);
            ports.put(address, port);
            return port;
        }
    }

    /** Our end of an outgoing connection. */
    InetSocketAddress source(ConnectOptions options) throws IOException {
        InetSocketAddress wanted = options.source();
        synchronized (lock) {
            InetAddress host = wanted.getAddress().isAnyLocalAddress() ? address(127, 0, 0, 1) : wanted.getAddress();
            if (!host.isLoopbackAddress()) {
                throw new IOException("cannot connect from " + BindFailures.text(wanted)
                        + ": the simulated machine does not have the address");
            }
            InetSocketAddress end = new InetSocketAddress(host, wanted.getPort() == 0 ? freePort() : wanted.getPort());
            if (find(end) != null) {
                throw new IOException(
                        "cannot connect from " + BindFailures.text(end) + ": another socket holds the port");
            }
            return end;
        }
    }

    void unbind(Port port) {
        ports.remove(port.address());
    }

    int freePort() {
        synchronized (lock) {
            return nextPort++;
        }
    }

    /** An address that answers nobody. */
    InetSocketAddress silentAddress() {
        InetSocketAddress address = new InetSocketAddress(address(127, 0, 0, 1), freePort());
        silent.add(address);
        return address;
    }

    Peer dial(InetSocketAddress address, InetAddress from) {
        SimulatedPeer.Dialling dialling = new SimulatedPeer.Dialling();
        connect(socketOfPeer(from), address, dialling);
        if (!drive.await(dialling::isDone, drive.patience())) {
            throw new UncheckedIOException(new IOException("could not connect to " + address + ": no answer"));
        }
        return new SimulatedPeer(this, dialling.end(address));
    }

    End.Socket socketOfPeer(InetAddress from) {
        return new End.Socket(
                new InetSocketAddress(from, freePort()),
                conditions.sendBufferOfPeers(),
                conditions.receiveBufferOfPeers());
    }

    /** Tells the end, or null and why not; or nothing at all, as silent addresses do. */
    void connect(End.Socket from, InetSocketAddress to, BiConsumer<@Nullable End, String> outcome) {
        Runnable arrival = () -> {
            if (silent.contains(to) || !to.getAddress().isLoopbackAddress()) {
                return;
            }
            Port port = find(to);
            End end = port == null ? null : port.connect(from);
            if (end != null) {
                outcome.accept(end, "");
            } else if (port == null) {
                outcome.accept(null, "Connection refused");
            }
        };
        synchronized (lock) {
            long delay = conditions.longestDelay();
            if (delay == 0) {
                arrival.run();
            } else {
                at(nanos() + random.nextLong(delay), arrival);
            }
        }
    }

    private @Nullable Port find(InetSocketAddress address) {
        Port exact = ports.get(address);
        if (exact != null) {
            return exact;
        }
        return ports.values().stream()
                .filter(port -> port.address().getPort() == address.getPort()
                        && (port.address().getAddress().isAnyLocalAddress()
                                || address.getAddress().isAnyLocalAddress()))
                .findFirst()
                .orElse(null);
    }

    private static TransportException cannotListen(Kind kind, InetSocketAddress address, String why) {
        String text = "cannot listen on " + BindFailures.text(address) + ": " + why;
        return new TransportException(kind, text, new IOException(why));
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
