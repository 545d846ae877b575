package io.edgewire.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.event.ClientEvent;
import io.edgewire.testkit.Rule;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that follows a station. */
class StationTest {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final String OURS = "127.0.0.1";

    private final World world = World.calm();
    private final StationStub station = new StationStub();
    private final ReconnectingClient client =
            world.numberClient(world.options().withLinkGrace(GRACE)).follow(station);

    @AfterEach
    void close() {
        world.close();
    }

    private int attempts() {
        return world.events.all(ClientEvent.Connecting.class).size();
    }

    @Test
    @Rule("R-11")
    void noAttemptIsMadeBeforeTheStationIsUp() {
        client.start();
        world.awaitState(client, ClientEvent.Paused.class);
        world.pass(Duration.ofMinutes(10));
        assertThat(attempts()).isZero();

        world.serve();
        station.up(OURS);
        world.awaitState(client, ClientEvent.Connected.class);
        assertThat(attempts()).isEqualTo(1);
    }

    @Test
    @Rule("R-11")
    void aLostLinkStopsTheAttemptsAndItsReturnMakesOneAtOnce() {
        station.up(OURS);
        client.start();
        world.events.await(ClientEvent.Waiting.class, 5);
        station.lose();
        world.awaitState(client, ClientEvent.Paused.class);
        int before = attempts();
        world.pass(Duration.ofHours(1));
        assertThat(attempts()).isEqualTo(before);

        world.serve();
        long back = world.scheduler.nanos();
        station.up(OURS);
        world.awaitState(client, ClientEvent.Connected.class);

        assertThat(world.scheduler.nanos()).isEqualTo(back);
        assertThat(world.events.all(ClientEvent.Connecting.class).get(before).attempt())
                .isEqualTo(1);
    }

    @Test
    @Rule("R-11")
    void anAttemptThatIsUnderWayIsGivenUp() {
        ReconnectingClient far =
                world.client(ClientOptions.to("192.0.2.1", 1).withName("far")).follow(station);
        station.up(OURS);
        far.start();
        world.awaitState(far, ClientEvent.Connecting.class);

        station.lose();
        world.awaitState(far, ClientEvent.Paused.class);
        world.pass(Duration.ofMinutes(1));

        assertThat(far.state().orElseThrow()).isEqualTo(new ClientEvent.Paused("far"));
        assertThat(world.events.all(ClientEvent.Waiting.class)).isEmpty();
    }

    @Test
    @Rule("R-11")
    void aShortLossHarmsNobodyAndWhatIsSentMeanwhileWaits() {
        world.serve();
        station.up(OURS);
        client.start();
        world.awaitState(client, ClientEvent.Connected.class);
        station.lose();
        Outgoing meanwhile = client.send(NumberServer.bytes(1));
        world.pass(GRACE.minusMillis(1));
        assertThat(world.numbers.received()).isEmpty();

        station.up(OURS);
        world.awaitOutcome(meanwhile, Outcome.SENT);
        world.pass(GRACE.multipliedBy(2));

        assertThat(world.events.all(ClientEvent.Disconnected.class)).isEmpty();
        assertThat(attempts()).isEqualTo(1);
    }

    @Test
    @Rule("R-11")
    void aLossLongerThanTheGraceEndsTheConnection() {
        world.serve();
        station.up(OURS);
        client.start();
        world.awaitState(client, ClientEvent.Connected.class);
        long lost = world.scheduler.nanos();
        station.lose();

        world.awaitState(client, ClientEvent.Paused.class);

        assertThat(Duration.ofNanos(world.scheduler.nanos() - lost)).isEqualTo(GRACE);
        assertThat(world.events.await(ClientEvent.Disconnected.class).reason()).isEqualTo(CloseReason.LINK_LOST);
        station.up(OURS);
        world.awaitState(client, ClientEvent.Connected.class);
    }

    @Test
    @Rule("R-11")
    void aStationThatComesBackAtAnotherAddressMakesTheClientConnectAnewAtOnce() {
        world.serve();
        station.up(OURS);
        client.start();
        ClientEvent.Connected first = world.awaitState(client, ClientEvent.Connected.class);
        world.pass(Duration.ofSeconds(1));
        station.lose();
        long back = world.scheduler.nanos();
        station.up("127.0.0.9");

        world.await.until(
                "it is connected anew",
                () -> client.state().orElseThrow() instanceof ClientEvent.Connected now && now.id() != first.id());

        assertThat(world.scheduler.nanos()).isEqualTo(back);
        assertThat(world.events.await(ClientEvent.Disconnected.class).reason()).isEqualTo(CloseReason.LINK_LOST);
        assertThat(world.events.all(ClientEvent.Waiting.class)).isEmpty();
    }

    @Test
    @Rule("R-11")
    void theEndOfTheClientLeavesTheStationAlone() {
        station.up(OURS);
        client.start();
        world.await.until("it observes", () -> station.observers() == 1);
        client.close();
        world.awaitState(client, ClientEvent.Closed.class);

        assertThat(station.observers()).isZero();
    }
}
