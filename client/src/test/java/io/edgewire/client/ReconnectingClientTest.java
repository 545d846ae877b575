package io.edgewire.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.Backoff;
import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.event.ClientEvent;
import io.edgewire.testkit.Rule;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connecting, waiting and connecting again. */
class ReconnectingClientTest {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Backoff BACKOFF = new Backoff(FIRST, Duration.ofSeconds(4), 0);

    private final World world = World.calm();

    @AfterEach
    void close() {
        world.close();
    }

    private ClientOptions options() {
        return world.options().withBackoff(BACKOFF);
    }

    @Test
    @Rule("R-1")
    void createdIsNotStarted() {
        world.serve();
        ReconnectingClient client = world.numberClient(options());
        Outgoing early = client.send(NumberServer.bytes(1));
        world.pass(Duration.ofMinutes(1));

        assertThat(world.events.all()).isEmpty();
        assertThat(client.state()).isEmpty();
        assertThat(World.outcome(early)).isNull();

        client.start();
        client.start();
        world.awaitOutcome(early, Outcome.SENT);
        assertThat(world.events.all(ClientEvent.Connecting.class)).hasSize(1);
    }

    @Test
    @Rule("R-3")
    void itWaitsTwiceAsLongAfterEachFailureUpToTheCapAndThenConnects() {
        ReconnectingClient client = world.numberClient(options());
        client.start();

        List<ClientEvent.Waiting> waits = world.events.await(ClientEvent.Waiting.class, 4);
        assertThat(waits.stream().map(ClientEvent.Waiting::delay))
                .containsExactly(FIRST, FIRST.multipliedBy(2), FIRST.multipliedBy(4), FIRST.multipliedBy(4));
        assertThat(waits.stream().map(ClientEvent.Waiting::attempt)).containsExactly(2, 3, 4, 5);
        assertThat(waits.get(0).why()).contains("Connection refused").contains("127.0.0.1");
        assertThat(Duration.ofNanos(world.scheduler.nanos()).minusNanos(world.startedAt))
                .isEqualTo(Duration.ofSeconds(1 + 2 + 4));

        world.serve();
        world.awaitState(client, ClientEvent.Connected.class);
    }

    @Test
    @Rule("R-4")
    void eachStateIsToldInOrderAndLostConnectionsWithTheirReason() {
        world.serve();
        ReconnectingClient client = world.numberClient(options());
        client.start();
        ClientEvent.Connected first = world.awaitState(client, ClientEvent.Connected.class);
        world.kill();
        world.awaitState(client, ClientEvent.Waiting.class);
        world.serve();
        ClientEvent.Connected second = world.awaitState(client, ClientEvent.Connected.class);
        client.close();
        world.awaitState(client, ClientEvent.Closed.class);
        String words = world.events.await(ClientEvent.Disconnected.class).detail();

        assertThat(words).contains("reset");
        assertThat(world.told())
                .containsExactly(
                        new ClientEvent.Connecting("test", 1),
                        first,
                        new ClientEvent.Disconnected("test", first.id(), world.address, CloseReason.RESET, words, 0),
                        new ClientEvent.Waiting("test", 2, FIRST, "RESET (" + words + ")"),
                        new ClientEvent.Connecting("test", 2),
                        second,
                        new ClientEvent.Disconnected("test", second.id(), world.address, CloseReason.LOCAL, "", 0),
                        new ClientEvent.Closed("test", 0));
        assertThat(first.remote()).isEqualTo(world.address);
        assertThat(second.id()).isNotEqualTo(first.id());
    }

    @Test
    @Rule("R-3")
    void aServerThatClosesEachConnectionAtOnceIsAFailedAttemptAndNotHammered() {
        world.serve(() -> new ProtocolHandler() {
            @Override
            public void onOpen(Connection connection) {
                connection.close();
            }

            @Override
            public void onBytes(Connection connection, ByteBuffer in) {}
        });
        world.numberClient(options().withSteady(Duration.ofSeconds(5))).start();

        List<ClientEvent.Waiting> waits = world.events.await(ClientEvent.Waiting.class, 4);

        assertThat(waits.stream().map(ClientEvent.Waiting::delay))
                .containsExactly(FIRST, FIRST.multipliedBy(2), FIRST.multipliedBy(4), FIRST.multipliedBy(4));
    }

    @Test
    @Rule("R-3")
    void aConnectionThatLastedBeginsTheRowAnew() {
        ReconnectingClient client = world.numberClient(options().withSteady(Duration.ofSeconds(5)));
        client.start();
        world.events.await(ClientEvent.Waiting.class, 3);
        world.serve();
        world.awaitState(client, ClientEvent.Connected.class);
        world.pass(Duration.ofSeconds(5));
        world.kill();

        ClientEvent.Waiting wait = world.awaitState(client, ClientEvent.Waiting.class);

        assertThat(wait.delay()).isEqualTo(FIRST);
        assertThat(wait.attempt()).isEqualTo(2);
    }

    @Test
    @Rule("R-3")
    void jitterShortensTheWaits() {
        ReconnectingClient client = new ReconnectingClient(
                options().withBackoff(new Backoff(FIRST, FIRST, 1)),
                world.dialer,
                () -> World.answers(number -> {}),
                UnaryOperator.identity(),
                world.events,
                () -> Long.MIN_VALUE); // nextDouble() is a half
        client.start();

        assertThat(world.awaitState(client, ClientEvent.Waiting.class).delay()).isEqualTo(FIRST.dividedBy(2));
    }

    @Test
    @Rule("R-6")
    void theHandlersOwnWordComesBeforeWhatWaits() {
        world.serve();
        ReconnectingClient client = world.client(
                options(),
                () -> new ProtocolHandler() {
                    @Override
                    public void onOpen(Connection connection) {
                        connection.send(NumberServer.bytes(100));
                    }

                    @Override
                    public void onBytes(Connection connection, ByteBuffer in) {}
                },
                UnaryOperator.identity());
        client.send(NumberServer.bytes(1));
        client.start();

        world.await.until("both have come", () -> world.numbers.received().size() == 2);
        assertThat(world.numbers.received()).containsExactly(100, 1);
    }

    @Test
    @Rule("R-3")
    void aHandlerThatThrowsLosesItsConnectionAndTheNextOneIsMade() {
        world.serve();
        List<Connection> opened = new ArrayList<>();
        ReconnectingClient client = world.client(
                options(),
                () -> new ProtocolHandler() {
                    @Override
                    public void onOpen(Connection connection) {
                        opened.add(connection);
                        if (opened.size() == 1) {
                            throw new IllegalStateException("planted");
                        }
                    }

                    @Override
                    public void onBytes(Connection connection, ByteBuffer in) {}
                },
                UnaryOperator.identity());
        Outgoing message = client.send(NumberServer.bytes(1));
        client.start();

        ClientEvent.Disconnected lost = world.events.await(ClientEvent.Disconnected.class);
        world.await.until("the message has come", () -> world.numbers.received().contains(1));

        assertThat(lost.reason()).isEqualTo(CloseReason.HANDLER_FAILED);
        assertThat(lost.unknown()).isZero();
        assertThat(World.outcome(message)).isNull();
        assertThat(opened).hasSize(2);
    }

    @Test
    @Rule("R-12")
    void stopHandsOverWhatWaitsAndAwaitsTheProofs() {
        world.serve();
        ReconnectingClient client = world.numberClient(options());
        List<Outgoing> all = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            all.add(client.send(NumberServer.bytes(i)));
        }
        client.start();
        boolean[] over = {false};
        client.stop(Duration.ofMinutes(1)).thenRun(() -> over[0] = true);
        world.await.until("it has stopped", () -> over[0]);

        assertThat(all).allSatisfy(message -> assertThat(World.outcome(message)).isEqualTo(Outcome.SENT));
        assertThat(world.numbers.received()).hasSize(50);
        assertThat(world.events.await(ClientEvent.Closed.class).notSent()).isZero();
        Outgoing late = client.send(NumberServer.bytes(51));
        assertThat(World.outcome(late)).isEqualTo(Outcome.NOT_SENT);
        assertThat(late.number()).isZero();
    }

    @Test
    @Rule("R-12")
    void stopGivesUpWhenTheGraceIsOver() {
        ReconnectingClient client = world.numberClient(options());
        Outgoing message = client.send(NumberServer.bytes(1));
        client.start();
        world.awaitState(client, ClientEvent.Waiting.class);
        long start = world.scheduler.nanos();
        client.stop(Duration.ofSeconds(30));

        world.awaitOutcome(message, Outcome.NOT_SENT);

        assertThat(Duration.ofNanos(world.scheduler.nanos() - start)).isEqualTo(Duration.ofSeconds(30));
        assertThat(world.events.await(ClientEvent.Closed.class).notSent()).isEqualTo(1);
        int attempts = world.events.all(ClientEvent.Connecting.class).size();
        world.pass(Duration.ofMinutes(10));
        assertThat(world.events.all(ClientEvent.Connecting.class)).hasSize(attempts);
    }

    @Test
    @Rule("R-12")
    void whatWasHandedOverAndNotProvedIsUnknownAtTheEnd() {
        world.serve();
        ReconnectingClient client = world.client(options()); // its handler says of nothing that it arrived
        Outgoing message = client.send(NumberServer.bytes(1));
        client.start();
        world.await.until("it has come", () -> !world.numbers.received().isEmpty());
        assertThat(World.outcome(message)).isNull();
        client.close();

        world.awaitOutcome(message, Outcome.UNKNOWN);
        assertThat(world.events.await(ClientEvent.Disconnected.class).unknown()).isEqualTo(1);
        world.events.await(ClientEvent.Closed.class);
    }

    @Test
    @Rule("R-12")
    void aServerThatNeverClosesCannotKeepTheClientFromItsEnd() {
        world.serve(() -> new ProtocolHandler() {
            @Override
            public void onOpen(Connection connection) {
                connection.pauseReading();
            }

            @Override
            public void onBytes(Connection connection, ByteBuffer in) {}

            @Override
            public void onPeerClosed(Connection connection) {}
        });
        ReconnectingClient client = world.client(options().withQueue(QueueOptions.DEFAULTS.withRoom(100, 1_000_000)));
        client.start();
        world.awaitState(client, ClientEvent.Connected.class);
        // More than the network holds: the connection's own close would wait for the write timeout.
        for (int i = 0; i < 20; i++) {
            client.send(ByteBuffer.allocate(40_000));
        }
        world.pass(Duration.ofSeconds(1));
        boolean[] over = {false};
        client.stop(Duration.ZERO).thenRun(() -> over[0] = true);

        world.pass(options().dial().connection().timeouts().close().plusSeconds(1));

        assertThat(over[0]).isTrue();
    }

    @Test
    @Rule("R-12")
    void closeBeforeTheStartAndWhileConnectingAreEndsToo() {
        ReconnectingClient never = world.client(options().withName("never"));
        Outgoing waits = never.send(NumberServer.bytes(1));
        never.close();
        world.awaitOutcome(waits, Outcome.NOT_SENT);

        ReconnectingClient connecting =
                world.client(ClientOptions.to("192.0.2.1", 1).withName("connecting"));
        connecting.start();
        world.awaitState(connecting, ClientEvent.Connecting.class);
        connecting.close();
        world.awaitState(connecting, ClientEvent.Closed.class);
        never.start();
        world.pass(Duration.ofMinutes(1));

        assertThat(never.state().orElseThrow()).isEqualTo(new ClientEvent.Closed("never", 1));
        assertThat(connecting.state().orElseThrow()).isEqualTo(new ClientEvent.Closed("connecting", 0));
    }

    @Test
    @Rule("R-4")
    @Rule("R-12")
    void whereverItIsInItsLifeItEndsWhenItIsToldTo() {
        for (int steps = 0; steps < 60; steps++) {
            endsAfter(steps, () -> World.answers(number -> {}));
            endsAfter(steps, () -> {
                throw new IllegalStateException("planted");
            });
        }
    }

    private static void endsAfter(int steps, ProtocolFactory protocol) {
        try (World world = World.calm()) {
            world.serve();
            ReconnectingClient client = world.client(world.options(), protocol, UnaryOperator.identity());
            client.start();
            for (int i = 0; i < steps; i++) {
                world.network.step();
            }
            boolean[] over = {false};
            client.stop(Duration.ZERO).thenRun(() -> over[0] = true);
            world.await.until("it has ended after " + steps + " steps", () -> over[0]);

            List<ClientEvent> told = world.told();
            assertThat(told.get(told.size() - 1)).isInstanceOf(ClientEvent.Closed.class);
            assertThat(world.events.all(ClientEvent.Disconnected.class))
                    .hasSameSizeAs(world.events.all(ClientEvent.Connected.class));
        }
    }
}
