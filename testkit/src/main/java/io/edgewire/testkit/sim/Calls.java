package io.edgewire.testkit.sim;

import io.edgewire.api.ConnectOptions;
import io.edgewire.api.Connection;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ProtocolFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The connections that the machine itself opens in one run: to who answers, who refuses and who is silent. */
final class Calls {
    private static final int MOST = 3;
    private static final int LONGEST_TIMEOUT_MILLIS = 20_000;

    private record Call(Connection connection, long due) {}

    private final SimulatedNetwork network;
    private final Watch watch;
    private final SimulatedTransport transport;
    private final List<Call> calls = new ArrayList<>();

    Calls(SimulatedNetwork network, Watch watch, SimulatedTransport transport) {
        this.network = network;
        this.watch = watch;
        this.transport = transport;
    }

    /** Some, each at a moment of its own. */
    void plan(Guests guests, ConnectionOptions limits, ProtocolFactory protocol) {
        Random random = network.random();
        int count = random.nextInt(3) == 0 ? 1 + random.nextInt(MOST) : 0;
        for (int i = 0; i < count; i++) {
            InetSocketAddress to = someone(guests);
            Duration timeout = Duration.ofMillis(1 + random.nextInt(LONGEST_TIMEOUT_MILLIS));
            ConnectOptions options =
                    ConnectOptions.to(to).withConnectTimeout(timeout).withConnection(limits);
            network.at(network.nanos() + random.nextInt(1_000_000_000), () -> call(options, protocol));
        }
    }

    private InetSocketAddress someone(Guests guests) {
        return switch (network.random().nextInt(4)) {
            case 0 -> network.ports().silentAddress();
            case 1 ->
                new InetSocketAddress(
                        network.anyPort().getAddress(), network.ports().free()); // refuses
            default -> guests.host();
        };
    }

    private void call(ConnectOptions options, ProtocolFactory protocol) {
        if (transport.isClosed()) {
            return;
        }
        Connection connection = transport.connect(options, protocol);
        network.trace()
                .connection(
                        connection.id(), "connects to port " + options.remote().getPort());
        calls.add(
                new Call(connection, network.nanos() + options.connectTimeout().toNanos()));
    }

    /** Nothing more can happen now, so what is due has been decided. */
    void checkQuiet() {
        calls.removeIf(call -> network.nanos() - call.due > 0 && isDecided(call.connection));
    }

    private boolean isDecided(Connection connection) {
        if (transport
                .find(connection.id())
                .filter(channel -> channel.end() == null)
                .isPresent()) {
            watch.violated(connection.id(), "T-10: neither open nor unreachable although its timeout is over");
        }
        return true;
    }
}
