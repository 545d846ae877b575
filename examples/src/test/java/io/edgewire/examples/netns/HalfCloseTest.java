package io.edgewire.examples.netns;

import io.edgewire.api.CloseReason;
import io.edgewire.examples.ChildProcess;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Netns
class HalfCloseTest {
    /** Hears the server's FIN, and neither ends nor stops sending. */
    private static final String[] GOING_ON = Clients.node("""
            const socket = require('net').connect({port: 8080, host: '10.77.0.1', allowHalfOpen: true});
            socket.write('the end');
            socket.pipe(process.stdout);
            socket.on('end', () => { console.log('\\nFIN'); setInterval(() => socket.write('more'), 100); });
            socket.on('error', error => { console.log(error.code); process.exit(0); });
            """);

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void afterTheClientsFinItStillGetsEverything(String transport) throws Exception {
        int size = 1 << 20;
        try (Scenario scenario = Scenario.onBothWires(transport, Clients.NOTHING_ADDED)) {
            Bottleneck.begin(scenario.machines(), "4mbit");
            ChildProcess client = scenario.client(Clients.verifying(size));
            scenario.fault("half-close by the client, 1 MiB still to come", machines -> client.awaitOut("begun"));
            client.awaitOut("verified " + size);
            scenario.expect(CloseReason.PEER, "after the last byte", Duration.ofSeconds(3));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void afterTheServersFinAClientThatGoesOnHasUntilTheCloseTimeout(String transport) throws Exception {
        try (Scenario scenario = Scenario.onBothWires(transport, "edgewire.connection.close-timeout=1s")) {
            ChildProcess client = scenario.client(GOING_ON);
            scenario.fault("half-close by the server, the client sends on", machines -> client.awaitOut("FIN"));
            scenario.expect(CloseReason.LOCAL, "in 1 s (close timeout)", Duration.ofSeconds(1));
            client.awaitOut("recv: the end");
        }
    }
}
