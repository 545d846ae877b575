package io.edgewire.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.Backoff;
import io.edgewire.testkit.Rule;
import io.edgewire.testkit.sim.SimulatedNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Numbered messages through servers that are killed and restarted, on networks that seeds draw: in order, none twice,
 * and of each it is told truly what became of it. {@code -Dedgewire.seed=N} runs one seed alone.
 */
class SeedsTest {
    private static final int MESSAGES = 40;

    @Test
    @Rule("R-6")
    @Rule("R-7")
    void whateverTheNetworkDoesTheOrderIsKeptAndNoneComesTwiceAndEachLossIsTold() {
        run(1, 300);
    }

    @Test
    @Tag("heavy")
    @Rule("R-6")
    @Rule("R-7")
    void throughThousandsOfNetworksToo() {
        run(301, 3_000);
    }

    private static void run(int from, int to) {
        Long only = Long.getLong("edgewire.seed");
        for (long seed = only == null ? from : only; seed <= (only == null ? to : only); seed++) {
            try {
                new Run(seed).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + " found: " + e.getMessage(), e);
            }
        }
    }

    private static final class Run {
        private final SimulatedNetwork network;
        private final Random random;
        private final World world;
        private final ReconnectingClient client;
        private final StationStub station = new StationStub();
        private final List<Outgoing> sent = new ArrayList<>();
        private boolean serving;

        Run(long seed) {
            network = SimulatedNetwork.seeded(seed);
            random = network.random();
            world = new World(network);
            QueueOptions queue = QueueOptions.DEFAULTS
                    .withRoom(1 + random.nextInt(MESSAGES), 1000)
                    .withWhenFull(random.nextBoolean() ? WhenFull.REFUSE : WhenFull.DROP_OLDEST)
                    .withWindow(1 + random.nextInt(10), random.nextBoolean() ? Unproved.HOLD : Unproved.GIVE_UP);
            client = world.numberClient(world.options()
                    .withQueue(queue)
                    .withBackoff(new Backoff(Duration.ofMillis(10), Duration.ofMillis(300), 0.5))
                    .withSteady(Duration.ofMillis(random.nextInt(1000)))
                    .withLinkGrace(Duration.ofMillis(random.nextInt(3000))));
            if (random.nextInt(3) == 0) {
                client.follow(station);
            }
        }

        void run() {
            client.start();
            while (sent.size() < MESSAGES) {
                act();
                world.pass(Duration.ofNanos(1 + random.nextInt(1 << random.nextInt(30))));
            }
            if (!serving) {
                world.serve();
            }
            station.up("127.0.0.1");
            boolean[] stopped = {false};
            Duration grace = random.nextBoolean() ? Duration.ofMinutes(10) : Duration.ofMillis(random.nextInt(500));
            client.stop(grace).thenRun(() -> stopped[0] = true);
            world.await.until("the client has stopped", () -> stopped[0]);
            world.servers.close();
            check();
            world.close();
        }

        private void act() {
            switch (random.nextInt(10)) {
                case 0 -> {
                    if (serving) {
                        world.kill();
                        serving = false;
                    }
                }
                case 1, 2 -> {
                    if (!serving) {
                        world.serve();
                        serving = true;
                    }
                }
                case 3 -> station.lose();
                case 4 -> station.up(random.nextInt(4) == 0 ? "127.0.0.9" : "127.0.0.1");
                default -> send();
            }
        }

        /** The application's number is the client's, so that the server's answer can prove it. */
        private void send() {
            int next = 1
                    + (int) sent.stream()
                            .filter(message -> message.number() > 0)
                            .count();
            Outgoing message = client.send(NumberServer.bytes(next));
            sent.add(message);
        }

        private void check() {
            List<Integer> received = world.numbers.received();
            List<Integer> sorted = received.stream().sorted().distinct().toList();
            assertThat(received).as("in order, and none twice").isEqualTo(sorted);
            Set<Integer> arrived = new HashSet<>(received);
            for (Outgoing message : sent) {
                Outcome outcome = World.outcome(message);
                assertThat(outcome).as("message %s", message.number()).isNotNull();
                if (message.number() == 0) {
                    assertThat(outcome).isEqualTo(Outcome.NOT_SENT);
                } else if (outcome == Outcome.SENT) {
                    assertThat(arrived).contains((int) message.number());
                } else if (outcome == Outcome.NOT_SENT) {
                    assertThat(arrived).doesNotContain((int) message.number());
                }
            }
        }
    }
}
