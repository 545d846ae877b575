package io.edgewire.protocols.framing;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.ConnectionOptions;
import io.edgewire.protocols.Echo;
import io.edgewire.protocols.EchoOptions;
import io.edgewire.protocols.Heartbeat;
import io.edgewire.protocols.HeartbeatOptions;
import io.edgewire.testkit.Rule;
import io.edgewire.testkit.sim.Simulation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Framings over networks that cut, delay, stall and break, with random peers beside the script's. */
class SimulatedFramingTest {
    private static final int SEEDS = 5;
    private static final ConnectionOptions SMALL = ConnectionOptions.DEFAULTS.withSendQueue(100, 300, 80_000);

    @ParameterizedTest
    @MethodSource("io.edgewire.protocols.framing.Sample#all")
    @Rule("F-3")
    @Rule("F-9")
    void everyMessageIsEchoedAlthoughThePeerReadsLate(Sample sample) {
        String stream = sample.stream().repeat(20);
        Simulation.of(sample.framing().around(Echo.factory(EchoOptions.RFC_862)))
                .limits(SMALL)
                .client(peer -> {
                    peer.send(Messages.bytes(stream));
                    peer.halfClose();
                    String echoed = new String(peer.receiveAll(), StandardCharsets.ISO_8859_1);
                    assertThat(echoed).isEqualTo(stream);
                })
                .words("\0", "\1", "\0\2", "a\n", "\r", "--", "abab")
                .seeds(SEEDS)
                .run();
    }

    @Test
    @Rule("H-9")
    void aHeartbeatOfMessagesGivesUpTheSilentPeer() {
        HeartbeatOptions often = HeartbeatOptions.DEFAULTS.withInterval(Duration.ofSeconds(1));
        Simulation.on(network -> Framing.line()
                        .around(Heartbeat.factory(Echo.factory(EchoOptions.RFC_862), often, network.clock())))
                .client(peer -> {
                    peer.send("abc\n");
                    peer.expectReset();
                })
                .words("PONG\n", "PING\n", "abc\n", "P")
                .seeds(SEEDS)
                .run();
    }
}
