package io.edgewire.testkit.sim;

import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.testkit.Peer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Runs a protocol over many simulated networks, each drawn from a seed, and checks on every one that the contract of
 * connections holds and that no handler throws. With a {@link #client script} it also checks what is said.
 *
 * <pre>{@code
 * Simulation.of(Upper::new).client(peer -> {
 *     peer.send("hello");
 *     peer.expect("HELLO");
 * }).seeds(1000).run();
 * }</pre>
 *
 * <p>Each run has a few random clients besides the script's: they send in pieces, read late or never, half-close, reset
 * or vanish. At the end the listener stops, the link is lost, or the transport is closed.
 *
 * <p><b>Threads.</b> Only the caller's.
 *
 * <p><b>Failure.</b> {@link AssertionError} with the seed and what happened before. {@code -Dedgewire.seed=N} runs that
 * seed alone, {@code -Dedgewire.seeds=N} the seeds from 1 to N.
 */
public final class Simulation {
    private static final int DEFAULT_SEEDS = 100;

    private final Function<SimulatedNetwork, ProtocolFactory> protocol;
    private Optional<Consumer<Peer>> script = Optional.empty();
    private boolean callsOut;
    private Function<SimulatedNetwork, ConnectionOptions> limits = network -> ConnectionOptions.DEFAULTS;
    private Optional<Function<World, SimulatedServer>> server = Optional.empty();
    private List<byte[]> words = List.of();
    private int seeds = DEFAULT_SEEDS;
    private BiConsumer<SimulatedNetwork, Watch> meddler = (network, watch) -> {};
    private Predicate<Throwable> planted = thrown -> false;
    private Consumer<SimulatedNetwork> afterEach = network -> {};

    private Simulation(Function<SimulatedNetwork, ProtocolFactory> protocol) {
        this.protocol = protocol;
    }

    /** A protocol that needs nothing but its connection. */
    public static Simulation of(ProtocolFactory protocol) {
        Objects.requireNonNull(protocol, "protocol");
        return new Simulation(network -> protocol);
    }

    /** A protocol that wants the clock, or a source of chance, of the network that it will run on. */
    public static Simulation on(Function<SimulatedNetwork, ProtocolFactory> protocol) {
        return new Simulation(Objects.requireNonNull(protocol, "protocol"));
    }

    /**
     * Connects one client that does what the script says, while the random ones do as they like. Its wire delays, cuts
     * and stalls, but does not break.
     */
    public Simulation client(Consumer<Peer> conversation) {
        script = Optional.of(conversation);
        return this;
    }

    /** Lets the machine connect out, too, to peers that answer, refuse or are silent, with the same protocol. */
    public Simulation callsOut() {
        callsOut = true;
        return this;
    }

    /**
     * Runs the protocol under a whole server, whose network goes and comes back. The script's client, if there is one,
     * comes when all is well again.
     *
     * @param setup makes the server from the parts of a world of its own
     */
    public Simulation server(Function<World, SimulatedServer> setup) {
        server = Optional.of(setup);
        return this;
    }

    /** What the random clients say, in any order and number, instead of random bytes. */
    public Simulation words(String... utf8) {
        words = Stream.of(utf8)
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList();
        return this;
    }

    /** The limits of each connection, instead of the defaults. */
    public Simulation limits(ConnectionOptions options) {
        Objects.requireNonNull(options, "options");
        limits = network -> options;
        return this;
    }

    /** How many seeds, from 1; 100 unless told otherwise. */
    public Simulation seeds(int count) {
        seeds = count;
        return this;
    }

    /** Runs every seed until one fails. */
    public void run() {
        Long only = Long.getLong("edgewire.seed");
        if (only != null) {
            run(only);
            return;
        }
        int count = Integer.getInteger("edgewire.seeds", seeds);
        for (long seed = 1; seed <= count; seed++) {
            run(seed);
        }
    }

    /** Runs one seed. */
    public void run(long seed) {
        SimulatedNetwork network = SimulatedNetwork.seeded(seed);
        try {
            server.ifPresentOrElse(
                    setup -> new ServerRun(network, this, setup).run(), () -> new SimulationRun(network, this).run());
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(Report.of(e, network), e);
        }
        afterEach.accept(network);
    }

    // For the tests of the transports' core.

    Simulation drawnLimits(Function<SimulatedNetwork, ConnectionOptions> drawn) {
        limits = drawn;
        return this;
    }

    Simulation meddler(BiConsumer<SimulatedNetwork, Watch> other) {
        meddler = other;
        return this;
    }

    Simulation planted(Predicate<Throwable> expected) {
        planted = expected;
        return this;
    }

    Simulation afterEach(Consumer<SimulatedNetwork> look) {
        afterEach = look;
        return this;
    }

    Function<SimulatedNetwork, ProtocolFactory> protocol() {
        return protocol;
    }

    Optional<Consumer<Peer>> script() {
        return script;
    }

    ConnectionOptions limits(SimulatedNetwork network) {
        return limits.apply(network);
    }

    boolean isCallingOut() {
        return callsOut;
    }

    List<byte[]> words() {
        return words;
    }

    BiConsumer<SimulatedNetwork, Watch> meddler() {
        return meddler;
    }

    Predicate<Throwable> planted() {
        return planted;
    }
}
