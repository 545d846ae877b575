package io.edgewire.examples.netns;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.examples.ChildProcess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets vanish, and nobody says so: no FIN, no RST, no link that goes down. */
@Netns
class SilentLossTest {
    @ParameterizedTest
    @CsvSource({
        "nio, TO_THE_SERVER", "bio, TO_THE_SERVER",
        "nio, TO_THE_CLIENT", "bio, TO_THE_CLIENT",
        "nio, BOTH_WAYS", "bio, BOTH_WAYS"
    })
    void theHeartbeatNoticesIt(String transport, Loss loss) throws Exception {
        try (Scenario scenario = Scenario.onBothWires(transport, Heartbeats.OPTIONS)) {
            scenario.client(Clients.ANSWERING).awaitOut("PING", Heartbeats.ALIVE);
            scenario.fault("silent loss " + loss + ", heartbeat", loss::begin);
            scenario.expect(CloseReason.HEARTBEAT_LOST, Heartbeats.PROMISE, Heartbeats.LIMIT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void keepAliveNoticesItOnAConnectionThatIsSilentAnyway(String transport) throws Exception {
        try (Scenario scenario = Scenario.onBothWires(transport)) {
            scenario.client("nc", Scenario.SERVER, Scenario.PORT).awaitOut("Hello!");
            assertThat(scenario.socket()).containsPattern("timer:\\(keepalive,1[0-5](\\.\\d+)?sec,0\\)");
            scenario.fault("silent loss both ways, idle, keep-alive", Loss.BOTH_WAYS::begin);
            scenario.expect(CloseReason.RESET, "in 30 s (keep-alive: 15 s, then 3 x 5 s)", Duration.ofSeconds(30));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void theIdleTimeoutNoticesItWhereAnAnswerWaitsForItsAcknowledgement(String transport) throws Exception {
        try (Scenario scenario = Scenario.onBothWires(transport, "edgewire.connection.idle-timeout=2s")) {
            ChildProcess client = scenario.client("socat", "-", "TCP:" + Scenario.SERVER + ":" + Scenario.PORT);
            client.awaitOut("Hello!");
            scenario.fault("silent loss to the client, an answer under way, idle timeout", machines -> {
                Loss.TO_THE_CLIENT.begin(machines);
                client.input().write("anybody there?\n".getBytes(StandardCharsets.UTF_8));
                client.input().flush();
            });
            scenario.expect(CloseReason.IDLE, "in 2 s (idle timeout)", Duration.ofSeconds(2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void theWriteTimeoutNoticesItWhereBytesAreQueued(String transport) throws Exception {
        String[] options = Arrays.copyOf(Clients.NOTHING_ADDED, 4);
        options[3] = "edgewire.connection.write-timeout=2s";
        try (Scenario scenario = Scenario.onBothWires(transport, options)) {
            Bottleneck.begin(scenario.machines(), "1mbit");
            scenario.client(Clients.verifying(4 << 20));
            scenario.awaitQueue();
            scenario.fault("silent loss both ways, bytes queued, write timeout", Loss.BOTH_WAYS::begin);
            scenario.expect(CloseReason.WRITE_STALLED, "in 2 s (write timeout)", Duration.ofSeconds(2));
        }
    }
}
