package io.edgewire.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.event.ClientEvent;
import io.edgewire.protocols.Heartbeat;
import io.edgewire.protocols.HeartbeatOptions;
import io.edgewire.testkit.Peer;
import io.edgewire.testkit.PeerListener;
import io.edgewire.testkit.Rule;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A heartbeat between the client and the stream. */
class HeartbeatLayerTest {
    private static final HeartbeatOptions BEAT = HeartbeatOptions.DEFAULTS
            .withInterval(Duration.ofSeconds(1))
            .withJitter(0)
            .withMaxMissed(2);

    @Test
    @Rule("R-14")
    void aServerThatFallsSilentIsLeftAndConnectedToAnew() {
        try (World world = World.calm();
                PeerListener server = world.network.listen()) {
            ReconnectingClient client = world.client(
                    ClientOptions.to(server.address()),
                    () -> World.answers(number -> {}),
                    inner -> Heartbeat.factory(inner, BEAT, world.scheduler));
            client.start();
            Peer silent = server.accept();
            silent.expect("PING\n");
            silent.send("PONG\n");
            silent.expect("PING\n");

            Peer next = server.accept();

            next.expect("PING\n");
            ClientEvent.Disconnected lost = world.events.await(ClientEvent.Disconnected.class);
            assertThat(lost.reason()).isEqualTo(CloseReason.HEARTBEAT_LOST);
            assertThat(world.events.all(ClientEvent.Connected.class)).hasSize(2);
            client.close();
            world.awaitState(client, ClientEvent.Closed.class);
        }
    }
}
