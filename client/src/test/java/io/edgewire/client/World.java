package io.edgewire.client;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ListenOptions;
import io.edgewire.api.Listener;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.Transport;
import io.edgewire.api.event.ClientEvent;
import io.edgewire.testkit.Await;
import io.edgewire.testkit.RecordingEvents;
import io.edgewire.testkit.SerialGuard;
import io.edgewire.testkit.sim.SimulatedNetwork;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.assertj.core.api.Assertions;

/** A client, a server and the network between them, in one thread and in virtual time. */
final class World implements AutoCloseable {
    final SimulatedNetwork network;
    final NetworkScheduler scheduler;
    final Await await;
    final RecordingEvents events;
    final SerialGuard guard = new SerialGuard();
    final Transport clients;
    final Transport servers;
    final NumberServer numbers = new NumberServer();
    final Dialer dialer;
    /** Where the server is, or will be. */
    final InetSocketAddress address;
    /** The moment of the beginning. */
    final long startedAt;
    /** Jitter takes nothing off. */
    private final RandomGenerator noJitter = () -> 0;

    private Listener listener;

    World(SimulatedNetwork network) {
        this.network = network;
        scheduler = new NetworkScheduler(network);
        await = new Stepping(network);
        events = new RecordingEvents(await);
        clients = network.transport(events);
        servers = network.transport(event -> {});
        dialer = new Dialer(clients, scheduler, Runnable::run, World::addresses);
        listener = servers.listen(ListenOptions.on(network.anyPort()), numbers::newHandler);
        address = listener.address();
        kill();
        startedAt = scheduler.nanos();
    }

    static World calm() {
        return new World(SimulatedNetwork.calm(1));
    }

    /** Names are addresses in digits, apart by commas. */
    static List<InetAddress> addresses(String name) throws UnknownHostException {
        InetAddress[] all = new InetAddress[name.split(",").length];
        for (int i = 0; i < all.length; i++) {
            all[i] = InetAddress.getByName(name.split(",")[i]);
        }
        return List.of(all);
    }

    static InetAddress parsed(String digits) {
        try {
            return InetAddress.getByName(digits);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    void serve() {
        serve(numbers::newHandler);
    }

    void serve(ProtocolFactory protocol) {
        listener = servers.listen(ListenOptions.on(address), guard.wrap(protocol));
    }

    /** Without a word to anybody: RST. */
    void kill() {
        listener.abort(CloseReason.SHUTDOWN);
    }

    ClientOptions options() {
        return ClientOptions.to(address)
                .withName("test")
                .withQueue(QueueOptions.DEFAULTS.withWindow(10, Unproved.HOLD));
    }

    ReconnectingClient client(ClientOptions options) {
        return client(options, () -> new Ignoring(), UnaryOperator.identity());
    }

    ReconnectingClient client(ClientOptions options, ProtocolFactory protocol, UnaryOperator<ProtocolFactory> layers) {
        return new ReconnectingClient(options, dialer, guard.wrap(protocol), layers, events, noJitter);
    }

    /** One whose server answers each number, which proves it. */
    ReconnectingClient numberClient(ClientOptions options) {
        ReconnectingClient[] made = new ReconnectingClient[1];
        made[0] = client(options, () -> answers(number -> made[0].arrived(number)), UnaryOperator.identity());
        return made[0];
    }

    static ProtocolHandler answers(Consumer<Integer> answer) {
        return new NumberServer.Numbers() {
            @Override
            void onNumber(Connection from, int number) {
                answer.accept(number);
            }
        };
    }

    static Outcome outcome(Outgoing message) {
        return message.outcome().toCompletableFuture().getNow(null);
    }

    void awaitOutcome(Outgoing message, Outcome wanted) {
        await.until("message " + message.number() + " has an outcome", () -> outcome(message) != null);
        Assertions.assertThat(outcome(message)).isEqualTo(wanted);
    }

    <E extends ClientEvent> E awaitState(ReconnectingClient client, Class<E> state) {
        await.until(
                "the client is " + state.getSimpleName(),
                () -> state.isInstance(client.state().orElse(null)));
        return state.cast(client.state().orElseThrow());
    }

    /** Lets the network's time pass. */
    void pass(Duration time) {
        long[] over = {0};
        scheduler.after(time, () -> over[0] = 1);
        await.until(time + " are over", () -> over[0] == 1);
    }

    List<ClientEvent> told() {
        return events.all(ClientEvent.class);
    }

    @Override
    public void close() {
        network.close();
        guard.check();
        Assertions.assertThat(scheduler.failures()).isEmpty();
    }

    /** Turns the network until what is awaited holds, without a rest between two steps. */
    private record Stepping(SimulatedNetwork network) implements Await {
        private static final int MOST_STEPS = 5_000_000;

        @Override
        public void until(String what, BooleanSupplier condition) {
            for (int steps = 0; !condition.getAsBoolean(); steps++) {
                if (steps == MOST_STEPS || !network.step()) {
                    throw new AssertionError("still waiting until " + what + "\n" + network);
                }
            }
        }

        @Override
        public void settle() {}
    }

    private static final class Ignoring implements ProtocolHandler {
        @Override
        public void onBytes(Connection from, ByteBuffer in) {}
    }
}
