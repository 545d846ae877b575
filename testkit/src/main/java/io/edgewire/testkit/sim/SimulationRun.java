package io.edgewire.testkit.sim;

import io.edgewire.api.CloseReason;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ListenOptions;
import io.edgewire.testkit.Peer;
import io.edgewire.testkit.SerialGuard;
import io.edgewire.testkit.transport.TransportSetup;
import io.edgewire.transport.core.SendBudget;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** One seed of a {@link Simulation}. */
final class SimulationRun {
    private static final int MOST_CLIENTS = 4;
    private static final int MOST_BYTES = 40_000;
    /** A protocol with a heartbeat never comes to rest; this long it is looked at. */
    private static final Duration LIFE = Duration.ofMinutes(10);
    /** Steps without the time moving on, after which it never will. */
    private static final int MOST_STEPS = 2_000_000;

    private final SimulatedNetwork network;
    private final Simulation simulation;
    private final Random random;
    private final Watch watch;
    private final SerialGuard guard = new SerialGuard();
    private final SimulatedTransport transport;
    private final SimulatedListener listener;
    private final List<RandomClient> clients = new ArrayList<>();

    SimulationRun(SimulatedNetwork network, Simulation simulation) {
        this.network = network;
        this.simulation = simulation;
        random = network.random();
        ConnectionOptions limits = simulation.limits(network);
        watch = new Watch(network, simulation.protocol().apply(network), limits, simulation.planted());
        network.record(watch::checkQuiet);
        long budget = random.nextInt(4) == 0 ? 1 + random.nextInt(10_000) : SendBudget.quarterOfHeap();
        transport = network.transport(new TransportSetup(Thread::new, network.clock(), watch, budget));
        listener = transport.listen(
                ListenOptions.on(network.anyPort())
                        .withConnection(limits)
                        .withMaxConnections(
                                simulation.script().isEmpty() && random.nextInt(8) == 0 ? 2 : MOST_CLIENTS + 1),
                guard.wrap(watch));
        watch.watch(transport, listener);
    }

    void run() {
        invite();
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

    private void invite() {
        int count = random.nextInt(MOST_CLIENTS + 1);
        for (int i = 1; i <= count; i++) {
            RandomClient client = new RandomClient(network, i, speech());
            clients.add(client);
            client.comeTo(listener.address());
        }
        if (random.nextInt(5) == 0) {
            network.failAccepts(1 + random.nextInt(4));
        }
    }

    /** Long ones only where they do not take for ever. */
    private byte[] speech() {
        Conditions conditions = network.conditions();
        boolean fast = Math.min(conditions.receiveBuffer(), Math.max(conditions.sendBuffer(), 1)) >= 1000
                && (!conditions.cuts() || conditions.largestSegment() > 100);
        int size = random.nextInt(fast && random.nextInt(3) == 0 ? MOST_BYTES : 200);
        if (simulation.words().isEmpty()) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            return bytes;
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (text.size() < size) {
            text.writeBytes(
                    simulation.words().get(random.nextInt(simulation.words().size())));
        }
        return text.toByteArray();
    }

    private void live() {
        long end = network.nanos() + 1 + random.nextLong(LIFE.toNanos());
        boolean alive = true;
        for (int steps = 0; alive && end - network.nanos() > 0; steps++) {
            long before = network.nanos();
            alive = network.act() || !clientsAreOver() && network.advance(end - network.nanos());
            if (network.nanos() != before) {
                steps = 0;
            } else if (steps > MOST_STEPS) {
                throw new AssertionError("it spins: " + steps + " steps at one moment");
            }
            watch.check();
        }
    }

    private boolean clientsAreOver() {
        return clients.stream().allMatch(RandomClient::isOver) && random.nextInt(4) == 0;
    }

    private void end() {
        watch.stopping();
        switch (random.nextInt(4)) {
            case 0 -> listener.abort(CloseReason.LINK_LOST);
            case 1 -> transport.close();
            default -> {
                Duration grace = random.nextBoolean() ? Duration.ZERO : Duration.ofMillis(random.nextInt(30_000));
                if (!grace.isZero()) {
                    watch.draining();
                }
                listener.stop(grace);
            }
        }
    }

    private void check() {
        clients.forEach(RandomClient::giveUp);
        watch.checkOver();
        guard.check();
        network.close();
        if (network.openSockets() > 0) {
            throw new AssertionError(network.openSockets() + " sockets are left open");
        }
    }
}
