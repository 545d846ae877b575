package io.edgewire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.edgewire.api.Connection;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.event.ClientEvent;
import io.edgewire.testkit.Rule;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is taken, in which order it goes, and what becomes of it. */
class MessagesTest {
    private final World world = World.calm();

    @AfterEach
    void close() {
        world.close();
    }

    private static List<Outgoing> send(ReconnectingClient client, int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(number -> client.send(NumberServer.bytes(number)))
                .toList();
    }

    private ClientOptions queue(QueueOptions queue) {
        return world.options().withQueue(queue);
    }

    private static List<Outcome> outcomes(List<Outgoing> messages) {
        List<Outcome> all = new ArrayList<>();
        messages.forEach(message -> all.add(World.outcome(message)));
        return all;
    }

    @Test
    @Rule("R-5")
    void oneTooManyIsRefusedAtOnce() {
        ReconnectingClient client = world.numberClient(queue(QueueOptions.DEFAULTS.withRoom(3, 1000)));

        List<Outgoing> sent = send(client, 1, 5);

        assertThat(outcomes(sent)).containsExactly(null, null, null, Outcome.NOT_SENT, Outcome.NOT_SENT);
        assertThat(sent.stream().map(Outgoing::number)).containsExactly(1L, 2L, 3L, 0L, 0L);
        world.serve();
        client.start();
        sent.subList(0, 3).forEach(message -> world.awaitOutcome(message, Outcome.SENT));
        assertThat(world.numbers.received()).containsExactly(1, 2, 3);
    }

    @Test
    @Rule("R-5")
    void bytesAreBoundedAsMessagesAre() {
        ReconnectingClient client = world.client(queue(QueueOptions.DEFAULTS.withRoom(100, 10)));

        assertThat(outcomes(send(client, 1, 3))).containsExactly(null, null, Outcome.NOT_SENT);
    }

    @Test
    @Rule("R-5")
    void theOldestMakeRoomWhereThatIsChosen() {
        ReconnectingClient client =
                world.numberClient(queue(QueueOptions.DEFAULTS.withRoom(3, 1000).withWhenFull(WhenFull.DROP_OLDEST)));

        List<Outgoing> sent = send(client, 1, 5);
        sent.subList(0, 2).forEach(message -> world.awaitOutcome(message, Outcome.NOT_SENT));
        world.serve();
        client.start();
        sent.subList(2, 5).forEach(message -> world.awaitOutcome(message, Outcome.SENT));

        assertThat(world.numbers.received()).containsExactly(3, 4, 5);
    }

    @Test
    @Rule("R-5")
    void aMessageThatCanNeverFitIsTheCallersError() {
        ReconnectingClient small = world.client(queue(QueueOptions.DEFAULTS.withRoom(100, 10)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small.send(ByteBuffer.allocate(11)))
                .withMessageContaining("11 bytes, but may have 10");

        int longest = world.options().longestMessage();
        assertThat(longest)
                .isLessThan(ConnectionOptions.DEFAULTS.sendLimit() - ConnectionOptions.DEFAULTS.sendHighMark());
        ReconnectingClient large = world.client(world.options());
        assertThatIllegalArgumentException().isThrownBy(() -> large.send(ByteBuffer.allocate(longest + 1)));
        assertThat(World.outcome(large.send(ByteBuffer.allocate(longest)))).isNull();
    }

    @Test
    @Rule("R-5")
    void theCallersBufferMayBeReusedAtOnceAndTheMessageIsReadOnly() {
        world.serve();
        ReconnectingClient client = world.numberClient(world.options());
        ByteBuffer buffer = NumberServer.bytes(7);

        Outgoing sent = client.send(buffer);
        assertThat(buffer.hasRemaining()).isFalse();
        buffer.clear().putInt(8);
        client.start();
        world.awaitOutcome(sent, Outcome.SENT);

        assertThat(world.numbers.received()).containsExactly(7);
        assertThat(sent.bytes().getInt()).isEqualTo(7);
        assertThat(sent.bytes().isReadOnly()).isTrue();
    }

    @Test
    @Rule("R-7")
    void whatWasHandedOverToALostConnectionIsUnknownAndNeverSentAgain() {
        world.serve(silent());
        ReconnectingClient client = world.numberClient(queue(QueueOptions.DEFAULTS.withWindow(3, Unproved.HOLD)));
        client.start();
        List<Outgoing> sent = send(client, 1, 5);
        world.await.until(
                "three are handed over", () -> world.numbers.received().size() == 3);
        world.kill();
        sent.subList(0, 3).forEach(message -> world.awaitOutcome(message, Outcome.UNKNOWN));
        assertThat(outcomes(sent.subList(3, 5))).containsExactly(null, null);
        assertThat(world.events.await(ClientEvent.Disconnected.class).unknown()).isEqualTo(3);

        world.serve();
        sent.subList(3, 5).forEach(message -> world.awaitOutcome(message, Outcome.SENT));

        assertThat(world.numbers.received()).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    @Rule("R-7")
    void theUserMaySendAnUnknownOneAgainFromItsOutcome() {
        world.serve(silent());
        ReconnectingClient client = world.numberClient(world.options());
        client.start();
        Outgoing first = client.send(NumberServer.bytes(1));
        List<Outgoing> again = new ArrayList<>();
        first.outcome().thenAccept(outcome -> {
            if (outcome == Outcome.UNKNOWN) {
                again.add(client.send(first.bytes()));
            }
        });
        world.await.until("it is handed over", () -> world.numbers.received().size() == 1);
        world.kill();
        world.awaitOutcome(first, Outcome.UNKNOWN);
        world.serve();

        world.await.until("it comes again", () -> world.numbers.received().size() == 2);
        assertThat(world.numbers.received()).containsExactly(1, 1);
        assertThat(again.get(0).number()).isEqualTo(2);
    }

    @Test
    @Rule("R-9")
    void anAnswerProvesAllThatWentBeforeOnTheSameConnection() {
        world.serve(silent());
        ReconnectingClient client = world.client(world.options());
        client.start();
        List<Outgoing> sent = send(client, 1, 5);
        world.await.until("all have come", () -> world.numbers.received().size() == 5);

        client.arrived(3);
        client.arrived(2);
        world.awaitOutcome(sent.get(2), Outcome.SENT);
        assertThat(outcomes(sent)).containsExactly(Outcome.SENT, Outcome.SENT, Outcome.SENT, null, null);

        world.kill();
        world.awaitOutcome(sent.get(4), Outcome.UNKNOWN);
        client.arrived(5); // too late
        world.pass(Duration.ofSeconds(1));
        assertThat(outcomes(sent.subList(3, 5))).containsExactly(Outcome.UNKNOWN, Outcome.UNKNOWN);
    }

    @Test
    @Rule("R-10")
    void aFullWindowHoldsTheNextUntilAProofComes() {
        world.serve(silent());
        ReconnectingClient client = world.client(queue(QueueOptions.DEFAULTS.withWindow(2, Unproved.HOLD)));
        client.start();
        send(client, 1, 5);
        world.pass(Duration.ofSeconds(1));
        assertThat(world.numbers.received()).containsExactly(1, 2);

        client.arrived(1);
        world.pass(Duration.ofSeconds(1));
        assertThat(world.numbers.received()).containsExactly(1, 2, 3);

        client.arrived(3);
        world.pass(Duration.ofSeconds(1));
        assertThat(world.numbers.received()).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    @Rule("R-10")
    void aFullWindowGivesTheOldestUpWhereThatIsChosen() {
        world.serve(silent());
        ReconnectingClient client = world.client(queue(QueueOptions.DEFAULTS.withWindow(2, Unproved.GIVE_UP)));
        client.start();
        List<Outgoing> sent = send(client, 1, 5);
        world.await.until("all have come", () -> world.numbers.received().size() == 5);

        assertThat(outcomes(sent)).containsExactly(Outcome.UNKNOWN, Outcome.UNKNOWN, Outcome.UNKNOWN, null, null);
    }

    @Test
    @Rule("R-10")
    void theWindowIsBoundedInBytesToo() {
        world.serve(silent());
        ReconnectingClient client =
                world.client(queue(QueueOptions.DEFAULTS.withRoom(100, 10).withWindow(100, Unproved.HOLD)));
        client.start();
        for (int i = 1; i <= 5; i++) {
            send(client, i, i);
            world.pass(Duration.ofSeconds(1));
        }

        assertThat(world.numbers.received()).containsExactly(1, 2, 3); // the third passes the mark, the fourth waits
    }

    @Test
    @Rule("R-8")
    void whatAClosingConnectionDoesNotTakeStaysFirstInTheQueue() {
        world.serve();
        // A layer whose connections take nothing on the first one, as a connection does that is closing.
        int[] connections = {0};
        UnaryOperator<ProtocolFactory> layer = inner -> () -> {
            int mine = ++connections[0];
            return mine == 1 ? new Layer(inner.newHandler(), Refusing::new) : inner.newHandler();
        };
        ReconnectingClient[] made = new ReconnectingClient[1];
        made[0] = world.client(world.options(), () -> World.answers(made[0]::arrived), layer);
        List<Outgoing> sent = send(made[0], 1, 3);
        made[0].start();
        world.await.until(
                "the first connection was asked",
                () -> connections[0] == 1 && made[0].state().orElse(null) instanceof ClientEvent.Connected);
        world.pass(Duration.ofSeconds(1));
        assertThat(outcomes(sent)).containsExactly(null, null, null);
        world.kill();
        world.serve();

        sent.forEach(message -> world.awaitOutcome(message, Outcome.SENT));
        assertThat(world.numbers.received()).containsExactly(1, 2, 3);
    }

    @Test
    @Rule("R-7")
    void aMessageThatTheLayersCannotFrameEndsWithTheirErrorAndTheNextGoesOn() {
        world.serve();
        UnaryOperator<ProtocolFactory> layer = inner -> () -> new Layer(inner.newHandler(), FourBytes::new);
        ReconnectingClient[] made = new ReconnectingClient[1];
        made[0] = world.client(world.options(), () -> World.answers(made[0]::arrived), layer);
        made[0].start();
        Outgoing odd = made[0].send(ByteBuffer.allocate(3));
        Outgoing good = made[0].send(NumberServer.bytes(5));

        world.awaitOutcome(good, Outcome.SENT);

        assertThat(odd.outcome().toCompletableFuture())
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("not four bytes");
    }

    private ProtocolFactory silent() {
        return world.numbers::newSilentHandler;
    }

    private static final class Refusing extends PassingConnection {
        Refusing(Connection inner) {
            super(inner);
        }

        @Override
        public boolean send(ByteBuffer bytes) {
            return false;
        }
    }

    private static final class FourBytes extends PassingConnection {
        FourBytes(Connection inner) {
            super(inner);
        }

        @Override
        public boolean send(ByteBuffer bytes) {
            if (bytes.remaining() != Integer.BYTES) {
                throw new IllegalArgumentException("the message is not four bytes long");
            }
            return super.send(bytes);
        }
    }
}
