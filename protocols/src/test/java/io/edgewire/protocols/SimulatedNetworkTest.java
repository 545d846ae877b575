package io.edgewire.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.testkit.sim.Simulation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The shipped protocols over networks that cut, delay, stall and break. */
class SimulatedNetworkTest {
    private static final HeartbeatOptions OFTEN = HeartbeatOptions.DEFAULTS.withInterval(Duration.ofSeconds(1));

    @Test
    void anEchoGivesBackEveryByte() {
        String words = "all that was sent ".repeat(20);
        Simulation.of(Echo.factory(EchoOptions.RFC_862))
                .client(peer -> {
                    peer.send(words);
                    peer.expect(words);
                    peer.halfClose();
                    peer.expectEof();
                })
                .run();
    }

    @Test
    void theTutorialsEchoAnswersToTheEnd() {
        Simulation.of(Echo::new)
                .client(peer -> {
                    peer.send("this is the end");
                    String answer = new String(peer.receiveAll(), StandardCharsets.UTF_8);
                    assertThat(answer).startsWith("Hello!\n");
                    assertThat(answer.substring("Hello!\n".length()).replace("recv: ", ""))
                            .isEqualTo("this is the end");
                })
                .words("e", "n", "d", "end", "something else")
                .run();
    }

    @Test
    void aHeartbeatEndsWithAPeerThatIsSilent() {
        Simulation.on(network -> Heartbeat.factory(Echo.factory(EchoOptions.RFC_862), OFTEN, network.clock()))
                .client(peer -> {
                    peer.send("abc");
                    peer.expectReset();
                })
                .words("PONG\n", "PING\n", "abc", "P")
                .run();
    }

    @Test
    void aHeartbeatAnswersOrPassesOnWhatItKeptBackTooLong() {
        Simulation.on(network -> Heartbeat.factory(
                        Echo.factory(EchoOptions.RFC_862),
                        OFTEN.withRole(HeartbeatOptions.Role.ANSWER),
                        network.clock()))
                .client(peer -> {
                    peer.send("PING\n");
                    assertThat(new String(peer.receive(5), StandardCharsets.UTF_8))
                            .isIn("PONG\n", "PING\n");
                })
                .words("PING\n", "PI", "NG\n", "abc")
                .run();
    }
}
