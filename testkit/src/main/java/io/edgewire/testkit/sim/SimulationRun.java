package io.edgewire.testkit.sim;

import io.edgewire.api.CloseReason;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ListenOptions;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.testkit.Peer;
import io.edgewire.testkit.SerialGuard;
import io.edgewire.testkit.transport.TransportSetup;
import io.edgewire.transport.core.SendBudget;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;

/** One seed of a {@link Simulation}: a protocol on a listener, with no server round it. */
final class SimulationRun {
    /** A protocol with a heartbeat never comes to rest; this long it is looked at, or for so many steps. */
    private static final Duration LIFE = Duration.ofMinutes(10);

    private static final int MOST_STEPS = 3_000;

    private final SimulatedNetwork network;
    private final Simulation simulation;
    private final Random random;
    private final Watch watch;
    private final SerialGuard guard = new SerialGuard();
    private final SimulatedTransport transport;
    private final SimulatedListener listener;
    private final Guests guests;
    private final Calls calls;

    SimulationRun(SimulatedNetwork network, Simulation simulation) {
        this.network = network;
        this.simulation = simulation;
        random = network.random();
        ConnectionOptions limits = simulation.limits(network);
        watch = new Watch(network, simulation.protocol().apply(network), simulation.planted());
        long budget = random.nextInt(4) == 0 ? 1 + random.nextInt(10_000) : SendBudget.quarterOfHeap();
        transport = network.transport(new TransportSetup(Thread::new, network.clock(), watch, budget));
        watch.watch(transport);
        guests = new Guests(network, simulation.words());
        calls = new Calls(network, watch, transport);
        network.record(() -> {
            watch.checkQuiet();
            calls.checkQuiet();
        });
        ProtocolFactory protocol = guard.wrap(watch);
        boolean crowded = simulation.script().isEmpty() && random.nextInt(8) == 0;
        listener = transport.listen(
                ListenOptions.on(network.anyPort())
                        .withConnection(limits)
                        .withMaxConnections(crowded ? 2 : Guests.MOST + 1),
                protocol);
        guests.invite(listener::address);
        if (simulation.isCallingOut()) {
            calls.plan(guests, limits, protocol);
        }
    }

    void run() {
        if (random.nextInt(5) == 0) {
            network.ports().failAccepts(1 + random.nextInt(4));
        }
        simulation.meddler().accept(network, watch);
        simulation.script().ifPresent(this::converse);
        live();
        end();
        check();
    }

    private void converse(Consumer<Peer> script) {
        try (Peer peer = network.dial(listener.address())) {
            script.accept(peer);
        } catch (UncheckedIOException e) {
            throw new AssertionError("the script's client could not connect", e);
        }
        watch.check();
    }

    private void live() {
        Agenda agenda = network.agenda();
        long end = network.nanos() + 1 + random.nextLong(LIFE.toNanos());
        long last = agenda.steps() + MOST_STEPS;
        boolean alive = true;
        while (alive && end - network.nanos() > 0 && agenda.steps() < last) {
            alive = agenda.act() || !isBoring() && agenda.advance(end - network.nanos());
            watch.check();
        }
    }

    private boolean isBoring() {
        return guests.areOver() && random.nextInt(4) == 0;
    }

    private void end() {
        switch (random.nextInt(4)) {
            case 0 -> listener.abort(CloseReason.LINK_LOST);
            case 1 -> transport.close();
            default -> listener.stop(random.nextBoolean() ? Duration.ZERO : Duration.ofMillis(random.nextInt(30_000)));
        }
        watch.check();
        guests.giveUp();
        transport.close();
    }

    private void check() {
        watch.checkOver();
        guard.check();
        network.close();
        if (network.openSockets() > 0) {
            throw new AssertionError(network.openSockets() + " sockets are left open");
        }
    }
}
