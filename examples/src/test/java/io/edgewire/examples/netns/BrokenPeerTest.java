package io.edgewire.examples.netns;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.examples.ChildProcess;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ends that the kernel tells of: they are noticed at once. */
@Netns
class BrokenPeerTest {
    private static final String AT_ONCE = "at once";

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void aSocketThatAnAdministratorDestroysIsReset(String transport) throws Exception {
        try (Scenario scenario = Scenario.onBothWires(transport)) {
            scenario.client("nc", Scenario.SERVER, Scenario.PORT).awaitOut("Hello!");
            scenario.fault("ss -K on the server's socket", machines -> {
                assertThat(machines.readOnServer("ss", "-HtnK", "dst", "10.77.0.2"))
                        .hasSize(1);
            });
            scenario.expect(CloseReason.RESET, AT_ONCE, Duration.ZERO);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void aClientThatIsKilledBeforeItHasReadIsReset(String transport) throws Exception {
        try (Scenario scenario = Scenario.onBothWires(transport, Clients.NOTHING_ADDED)) {
            ChildProcess client = scenario.client(Clients.neverReading(64 << 20));
            scenario.awaitQueue();
            scenario.fault("client killed, bytes queued both ways", machines -> client.close());
            scenario.expect(CloseReason.RESET, AT_ONCE, Duration.ZERO);
            assertThat(scenario.server().awaitOut("Client disconnected: 10.77.0.2"))
                    .contains(" not sent");
        }
    }
}
