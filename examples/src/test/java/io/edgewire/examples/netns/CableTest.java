package io.edgewire.examples.netns;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.examples.ChildProcess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Netns
class CableTest {
    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void thePulledCableOfTheStationEndsWhatCameOverItAfterTheGrace(String transport) throws Exception {
        try (Scenario scenario = Scenario.onBothWiresOfTheFirst(transport, "edgewire.server.link-grace=1s")) {
            scenario.client("nc", Scenario.SERVER, Scenario.PORT).awaitOut("Hello!");
            scenario.fault(
                    "the station's cable pulled", machines -> machines.onClients("ip", "link", "set", "wire0", "down"));
            scenario.expect(CloseReason.LINK_LOST, "in 1.1 s (poll interval, link grace)", Duration.ofMillis(1100));
            assertThat(scenario.server().err()).contains("Link lost on wire0: link down");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void aCableThatIsBackWithinTheGraceCostsNoConnection(String transport) throws Exception {
        try (Scenario scenario = Scenario.onBothWiresOfTheFirst(transport, "edgewire.server.link-grace=1m")) {
            ChildProcess client = scenario.client("socat", "-", "TCP:" + Scenario.SERVER + ":" + Scenario.PORT);
            client.awaitOut("Hello!");
            scenario.fault("the station's cable pulled and plugged back", machines -> {
                machines.onClients("ip", "link", "set", "wire0", "down");
                scenario.server().awaitErr("Link lost on wire0");
                machines.onClients("ip", "link", "set", "wire0", "up");
            });
            scenario.server().awaitOut("Address 10.77.0.1 on wire0", 2);
            client.input().write("still here\n".getBytes(StandardCharsets.UTF_8));
            client.input().flush();
            client.awaitOut("recv: still here");
            scenario.expect("no connection lost", "answered");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void aCablePulledBehindTheServersBackIsNoticedByTheHeartbeat(String transport) throws Exception {
        try (Scenario scenario = Scenario.onBothWires(transport, Heartbeats.OPTIONS)) {
            scenario.client(Clients.ANSWERING).awaitOut("PING", Heartbeats.ALIVE);
            scenario.fault(
                    "the client's cable pulled", machines -> machines.onClients("ip", "link", "set", "wire0", "down"));
            scenario.expect(CloseReason.HEARTBEAT_LOST, Heartbeats.PROMISE, Heartbeats.LIMIT);
        }
    }
}
