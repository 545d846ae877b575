package io.edgewire.server;

import io.edgewire.protocols.Echo;
import io.edgewire.protocols.EchoOptions;
import io.edgewire.protocols.Heartbeat;
import io.edgewire.protocols.HeartbeatOptions;
import io.edgewire.testkit.sim.Simulation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Servers whose network goes, comes back and moves at any moment; ten thousand of them. */
class SimulatedServerTest {
    private static final int SEEDS = 5_000;

    @Test
    void aServerComesThroughWhateverItsNetworkDoes() {
        Simulation.of(Echo.factory(EchoOptions.RFC_862))
                .server(WholeServer::new)
                .client(peer -> {
                    peer.send("are you there");
                    peer.expect("are you there");
                })
                .seeds(SEEDS)
                .run();
    }

    @Test
    void aServerWithAHeartbeatDoesTheSame() {
        HeartbeatOptions often = HeartbeatOptions.DEFAULTS.withInterval(Duration.ofSeconds(5));
        Simulation.on(network -> Heartbeat.factory(Echo::new, often, network.clock(), network.random()::nextDouble))
                .server(WholeServer::new)
                .words("PONG\n", "PING\n", "abc", "end", "P")
                .seeds(SEEDS)
                .run();
    }
}
