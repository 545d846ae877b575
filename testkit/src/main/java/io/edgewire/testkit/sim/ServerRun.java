package io.edgewire.testkit.sim;

import io.edgewire.api.CloseReason;
import io.edgewire.api.StopOutcome;
import io.edgewire.api.TransportException;
import io.edgewire.testkit.Peer;
import io.edgewire.testkit.SerialGuard;
import io.edgewire.testkit.transport.TransportSetup;
import io.edgewire.transport.core.SendBudget;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * One seed of a {@link Simulation} with a whole server: it starts, lives through what goes wrong round it, serves again
 * when all is well, and stops; or stops at any moment before that.
 */
final class ServerRun {
    private static final long[] MOMENTS = {1_000_000, 100_000_000, 3_000_000_000L, 60_000_000_000L, 300_000_000_000L};
    private static final long[] WAITS = {0, 1, 1_000_000, 100_000_000, 3_000_000_000L};
    private static final int MOST_FAULTS = 6;
    private static final int MOST_STEPS = 3_000;
    private static final int LONGEST_DRAIN_MILLIS = 20_000;
    /** All has an end by then, however unlucky: a station's longest back-off and the slowest of boards included. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final SimulatedNetwork network;
    private final Simulation simulation;
    private final Random random;
    private final Watch watch;
    private final SerialGuard guard = new SerialGuard();
    private final SimulatedTransport transport;
    private final World world;
    private final SimulatedServer server;
    private final ServerWatch told;
    private final Guests guests;

    ServerRun(SimulatedNetwork network, Simulation simulation, Function<World, SimulatedServer> setup) {
        this.network = network;
        this.simulation = simulation;
        random = network.random();
        watch = new Watch(network, simulation.protocol().apply(network), simulation.planted());
        long budget = random.nextInt(4) == 0 ? 1 + random.nextInt(10_000) : SendBudget.quarterOfHeap();
        transport = network.transport(new TransportSetup(Thread::new, network.clock(), watch, budget));
        watch.watch(transport);
        world = new World(network, transport, guard.wrap(watch), watch, WAITS[random.nextInt(WAITS.length)]);
        server = setup.apply(world);
        told = new ServerWatch(network, watch, server.linkGrace(), world);
        watch.watch(told);
        guests = new Guests(network, simulation.words());
        network.record(() -> {
            watch.checkQuiet();
            told.checkQuiet();
        });
        Intruder.plan(network, world, told);
    }

    void run() {
        guests.invite(this::door);
        goWrong(MOST_FAULTS);
        CompletableFuture<InetSocketAddress> started = server.start().toCompletableFuture();
        live();
        if (!started.isCompletedExceptionally() && random.nextInt(4) > 0) {
            serveAgain(started);
        }
        if (started.isCompletedExceptionally()) {
            checkFailure(cause(started));
        }
        stop();
        require(started.isDone(), "it has stopped, and whoever waits for its start is not told");
        end();
    }

    /** Where a client looks for it: where it is, or was, or where it never was. */
    private InetSocketAddress door() {
        InetSocketAddress last = told.address()
                .orElse(new InetSocketAddress(
                        network.anyPort().getAddress(), network.ports().free()));
        if (last.getAddress().isAnyLocalAddress()) {
            InetSocketAddress inside = new InetSocketAddress(network.anyPort().getAddress(), last.getPort());
            return random.nextInt(3) == 0 ? inside : told.reachable().orElse(inside);
        }
        return last;
    }

    private void goWrong(int most) {
        int count = random.nextInt(most + 1);
        for (int i = 0; i < count; i++) {
            world.planFault(moment(), moment());
        }
    }

    private void live() {
        network.agenda().live(1 + random.nextLong(moment()), MOST_STEPS, watch::check);
    }

    private long moment() {
        return MOMENTS[random.nextInt(MOMENTS.length)];
    }

    /** Nothing goes wrong any more: then it serves soon. */
    private void serveAgain(CompletableFuture<InetSocketAddress> started) {
        world.endFaults();
        // What had begun before, a move say, comes to its end.
        network.agenda().live(told.patience(), Long.MAX_VALUE, watch::check);
        boolean serves = network.drive()
                .await(() -> told.reachable().isPresent() || started.isCompletedExceptionally(), PATIENCE);
        network.agenda().live(told.patience(), Long.MAX_VALUE, watch::check);
        require(serves, "all is well round it for " + PATIENCE + ", and it does not serve");
        if (!started.isCompletedExceptionally()) {
            network.trace().add("── a client comes, for all is well");
            require(told.reachable().isPresent(), "all is well round it, and it serves no longer");
            converse(told.reachable().orElseThrow());
        }
    }

    private void converse(InetSocketAddress where) {
        int before = watch.count();
        try (Peer peer = network.dial(where, Radio.elsewhere(9))) {
            simulation.script().ifPresent(script -> script.accept(peer));
            require(
                    network.drive().await(() -> watch.count() > before, PATIENCE),
                    "a client has connected, and no handler is made for it");
        } catch (UncheckedIOException e) {
            throw new AssertionError("a client could not connect although it listens", e);
        }
        watch.check();
    }

    private void stop() {
        Duration limit =
                random.nextInt(3) == 0 ? Duration.ZERO : Duration.ofMillis(random.nextInt(LONGEST_DRAIN_MILLIS));
        world.beginFaults();
        goWrong(2);
        network.trace().add("── stop within " + EventWords.of(limit));
        CompletableFuture<StopOutcome> stopped = server.stop(limit).toCompletableFuture();
        if (random.nextInt(4) == 0) {
            network.at(network.nanos() + random.nextLong(1 + limit.toNanos()), () -> server.stop(Duration.ZERO));
        }
        boolean over = network.drive().await(stopped::isDone, PATIENCE);
        watch.check();
        require(over, "stop within " + limit + " has not ended after " + PATIENCE);
        StopOutcome outcome = stopped.join();
        network.trace().add("stopped: " + outcome);
        require(
                outcome != StopOutcome.DRAINED || watch.closedWith(CloseReason.SHUTDOWN) == 0,
                "it says DRAINED although a connection was cut off with SHUTDOWN");
        require(!transport.isListening(), "it has stopped, and its transport listens");
        require(watch.open().isEmpty(), "it has stopped, and connections are open");
    }

    /** Everything is closed: then nothing is left, and nothing happens any more. */
    private void end() {
        server.close();
        guests.giveUp();
        transport.close();
        world.endFaults();
        long last = network.agenda().steps() + 100 * MOST_STEPS;
        while (network.agenda().step(Long.MAX_VALUE)) {
            require(network.agenda().steps() < last, "all was closed, and it does not come to rest");
        }
        watch.checkOver();
        guard.check();
        require(world.left() == 0, world.left() + " tasks of the scheduler or calls are left");
        network.close();
        require(network.openSockets() == 0, network.openSockets() + " sockets are left open");
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    /** An address may go away between the station's look and the first bind, which is not tried again. */
    private void checkFailure(Throwable why) {
        network.trace().add("it cannot start: " + why.getMessage());
        boolean gone = why instanceof TransportException e && e.kind() == TransportException.Kind.ADDRESS_NOT_LOCAL;
        require(gone, "it cannot start: " + why);
    }

    private static Throwable cause(CompletableFuture<?> failed) {
        try {
            failed.join();
            throw new IllegalStateException("it has not failed");
        } catch (CompletionException e) {
            return Objects.requireNonNullElse(e.getCause(), e);
        }
    }
}
