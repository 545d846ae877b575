package io.edgewire.testkit.sim;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ConnectionTimeouts;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.Timer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A handler that does anything the contract allows, at any place, and now and then throws. */
final class Chaos implements ProtocolHandler {
    private static final int LARGEST = 3000;

    private final Random random;
    /** How often it does anything at all, in percent. */
    private final int eagerness;
    /** How often that ends the connection, in a thousand. */
    private final int destruction;

    private final boolean answersFin;
    private @Nullable Timer timer;

    Chaos(Random random) {
        this.random = random;
        eagerness = random.nextInt(100);
        destruction = random.nextInt(4) == 0 ? random.nextInt(200) : 0;
        answersFin = random.nextBoolean();
    }

    static final class Planted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Planted() {
            super("planted by the test");
        }
    }

    @Override
    public void onOpen(Connection connection) {
        actPerhaps(connection);
    }

    @Override
    public void onBytes(Connection connection, ByteBuffer in) {
        if (random.nextBoolean()) {
            connection.send(in);
        }
        actPerhaps(connection);
    }

    @Override
    public void onPeerClosed(Connection connection) {
        actPerhaps(connection);
        if (answersFin) {
            connection.close();
        }
    }

    @Override
    public void onDrained(Connection connection) {
        actPerhaps(connection);
    }

    @Override
    public void onStopping(Connection connection) {
        actPerhaps(connection);
        if (random.nextBoolean()) {
            connection.close();
        }
    }

    @Override
    public void onClosed(Connection connection, CloseReason reason) {
        actPerhaps(connection);
    }

    private void actPerhaps(Connection connection) {
        while (random.nextInt(100) < eagerness && random.nextInt(3) > 0) {
            act(connection, random, true);
        }
    }

    /** Something that any thread may do; some of it only from a callback. */
    void act(Connection connection, Random chance, boolean inCallback) {
        if (chance.nextInt(1000) < destruction) {
            end(connection, chance.nextInt(inCallback ? 6 : 5));
            return;
        }
        switch (chance.nextInt(8)) {
            case 0 -> connection.send(bytes(chance, LARGEST));
            case 1 -> connection.send(bytes(chance, 9), bytes(chance, LARGEST));
            case 2 -> connection.send(bytes(chance, 20 * LARGEST));
            case 3 -> connection.pauseReading();
            case 4, 5 -> connection.resumeReading();
            case 6 -> connection.execute(() -> actPerhaps(connection));
            default -> {
                if (timer != null && chance.nextBoolean()) {
                    timer.cancel();
                }
                timer = connection.after(Duration.ofMillis(chance.nextInt(5000)), () -> actPerhaps(connection));
            }
        }
    }

    /** No two alike that follow one another, so that none can be lost, or come too early, unseen. */
    private static ByteBuffer bytes(Random chance, int most) {
        byte[] bytes = new byte[chance.nextInt(most)];
        int start = chance.nextInt();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (start + 7 * i + (i >> 8));
        }
        return ByteBuffer.wrap(bytes);
    }

    private static void end(Connection connection, int how) {
        switch (how) {
            case 0 -> connection.close();
            case 1, 2 -> connection.shutdownOutput();
            case 3 -> connection.abort(CloseReason.PROTOCOL_ERROR);
            case 4 -> connection.close(CloseReason.PROTOCOL_ERROR, "by chance");
            default -> throw new Planted();
        }
    }

    /** Small enough to be met. */
    static ConnectionOptions limits(SimulatedNetwork network) {
        Random random = network.random();
        int low = random.nextInt(8000);
        int high = low + random.nextInt(8000);
        int limit = high + ConnectionOptions.LARGEST_READ + 4096 + random.nextInt(100_000);
        ConnectionTimeouts timeouts = new ConnectionTimeouts(
                time(random),
                time(random),
                time(random).plusMillis(1),
                time(random).plusMillis(1),
                time(random));
        return new ConnectionOptions(timeouts, low, high, limit, random.nextInt(8) == 0 ? 2 : 1000, 0);
    }

    private static Duration time(Random random) {
        return random.nextInt(3) > 0 ? Duration.ofHours(random.nextInt(2)) : Duration.ofMillis(random.nextInt(60_000));
    }

    /** Calls from outside every callback, as other threads would make them. */
    static void meddle(SimulatedNetwork network, Watch watch) {
        int times = network.random().nextInt(40);
        long pause = 1 + network.random().nextInt(2_000_000_000);
        meddle(network, watch, times, pause);
    }

    private static void meddle(SimulatedNetwork network, Watch watch, int times, long pause) {
        if (times == 0) {
            return;
        }
        network.at(network.nanos() + network.random().nextLong(pause), () -> {
            List<Watched> open = watch.open();
            if (!open.isEmpty()) {
                Watched one = open.get(network.random().nextInt(open.size()));
                network.trace().connection(one.id(), "from outside:");
                new Chaos(network.random()).act(one, network.random(), false);
            }
            meddle(network, watch, times - 1, pause);
        });
    }
}
