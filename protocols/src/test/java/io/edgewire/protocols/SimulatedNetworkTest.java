package io.edgewire.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.ProtocolFactory;
import io.edgewire.protocols.HeartbeatOptions.Role;
import io.edgewire.testkit.Peer;
import io.edgewire.testkit.sim.Simulation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The shipped protocols over networks that cut, delay, stall and break; ten thousand of them in all. */
class SimulatedNetworkTest {
    private static final int SEEDS = 1_500;
    private static final HeartbeatOptions OFTEN = HeartbeatOptions.DEFAULTS.withInterval(Duration.ofSeconds(1));
    private static final ProtocolFactory ECHO = Echo.factory(EchoOptions.RFC_862);

    @Test
    void anEchoGivesBackEveryByte() {
        String words = "all that was sent ";
        Simulation.of(ECHO)
                .client(peer -> {
                    for (int i = 0; i < 10; i++) {
                        peer.send(words);
                        peer.expect(words);
                    }
                    peer.halfClose();
                    peer.expectEof();
                })
                .seeds(SEEDS)
                .run();
    }

    @Test
    void anEchoThatConnectsOutDoesTheSame() {
        Simulation.of(ECHO).callsOut().seeds(SEEDS).run();
    }

    @Test
    void theTutorialsEchoAnswersToTheEnd() {
        Simulation.of(Echo::new)
                .client(peer -> {
                    peer.expect("Hello!\n");
                    peer.send("end");
                    String answer = new String(peer.receiveAll(), StandardCharsets.UTF_8);
                    assertThat(answer.replace("recv: ", "")).isEqualTo("end");
                })
                .words("e", "n", "d", "end", "something else")
                .seeds(SEEDS)
                .run();
    }

    @Test
    void aHeartbeatEndsWithAPeerThatIsSilent() {
        heartbeat(OFTEN.withRole(Role.ASK))
                .client(peer -> {
                    peer.send("a");
                    peer.expectReset();
                })
                .words("PONG\n", "PING\n", "abc", "P")
                .seeds(SEEDS)
                .run();
    }

    @Test
    void aHeartbeatAnswersOrPassesOnWhatItKeptBackTooLong() {
        heartbeat(OFTEN.withRole(Role.ANSWER))
                .client(SimulatedNetworkTest::pingIsAnsweredOrEchoed)
                .words("PING\n", "PI", "NG\n", "abc")
                .seeds(SEEDS)
                .run();
    }

    @Test
    void aHeartbeatThatAsksAndAnswersDoesBoth() {
        heartbeat(HeartbeatOptions.DEFAULTS.withRole(Role.BOTH))
                .client(peer -> {
                    peer.send("PING\n");
                    // Its own question may come between bytes that it kept back too long.
                    assertThat(fiveBytes(peer)).matches("P[PINGO\n]{4}");
                })
                .words("PING\n", "PONG\n", "PO", "PI", "NG\n", "abc")
                .callsOut()
                .seeds(SEEDS)
                .run();
    }

    /** The outer one takes all pings, so the inner one's go unanswered unless the peer speaks. */
    @Test
    void aHeartbeatAroundAHeartbeatIsStillOneConversation() {
        HeartbeatOptions inside = OFTEN.withRole(Role.ASK).withWords("ping\n", "pong\n");
        Simulation.on(network -> Heartbeat.factory(
                        Heartbeat.factory(ECHO, inside, network.clock(), network.random()::nextDouble),
                        OFTEN.withRole(Role.BOTH),
                        network.clock(),
                        network.random()::nextDouble))
                .client(peer -> {
                    peer.send("a");
                    peer.expectReset();
                })
                .words("PING\n", "PONG\n", "ping\n", "pong\n", "p", "P", "abc")
                .seeds(SEEDS)
                .run();
    }

    private static Simulation heartbeat(HeartbeatOptions options) {
        return Simulation.on(
                network -> Heartbeat.factory(ECHO, options, network.clock(), network.random()::nextDouble));
    }

    private static void pingIsAnsweredOrEchoed(Peer peer) {
        peer.send("PING\n");
        assertThat(fiveBytes(peer)).isIn("PONG\n", "PING\n");
    }

    private static String fiveBytes(Peer peer) {
        return new String(peer.receive(5), StandardCharsets.UTF_8);
    }
}
