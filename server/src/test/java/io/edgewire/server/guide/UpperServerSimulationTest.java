package io.edgewire.server.guide;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.StopOutcome;
import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.Ssid;
import io.edgewire.device.k230.SimulatedWlan;
import io.edgewire.device.k230.SimulatedWlanOptions;
import io.edgewire.device.k230.StationOptions;
import io.edgewire.device.k230.WlanStation;
import io.edgewire.server.EdgeServer;
import io.edgewire.server.EdgeServerOptions;
import io.edgewire.testkit.sim.SimulatedServer;
import io.edgewire.testkit.sim.Simulation;
import io.edgewire.testkit.sim.World;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class UpperServerSimulationTest {
    static final class Upper implements ProtocolHandler {
        @Override
        public void onBytes(Connection connection, ByteBuffer in) {
            connection.send(US_ASCII.decode(in).toString().toUpperCase(Locale.ROOT));
        }
    }

    static final class WholeServer implements SimulatedServer {
        private static final IfConfig HOME = lease(1);
        private static final IfConfig AWAY = lease(2);

        private final WlanStation station;
        private final EdgeServer server;

        WholeServer(World world) {
            SimulatedWlan board =
                    new SimulatedWlan(SimulatedWlanOptions.DEFAULTS.withLeases(HOME), world.scheduler(), world::await);
            world.follow(board);
            world.fault("the network is lost", board.air()::lose, board.air()::comeBack);
            world.fault(
                    "the lease moves",
                    () -> board.air().readdress(AWAY),
                    () -> board.air().readdress(HOME));
            station = new WlanStation(
                    board,
                    Credentials.open(Ssid.parse("workshop")),
                    StationOptions.DEFAULTS,
                    world.scheduler(),
                    world.blocking(),
                    world.events(),
                    world.random());
            server = new EdgeServer(
                    "upper",
                    station,
                    world.transport(),
                    world.protocol(),
                    EdgeServerOptions.DEFAULTS,
                    world.scheduler(),
                    world.blocking(),
                    world.events(),
                    world.random());
        }

        @Override
        public CompletionStage<InetSocketAddress> start() {
            return server.start();
        }

        @Override
        public CompletionStage<StopOutcome> stop(Duration limit) {
            return server.stopAsync(limit);
        }

        @Override
        public void close() {
            station.close();
        }

        @Override
        public Duration linkGrace() {
            return EdgeServerOptions.DEFAULTS.linkGrace();
        }

        private static IfConfig lease(int last) {
            try {
                return IfConfig.of(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last}), 24);
            } catch (UnknownHostException e) {
                throw new IllegalStateException("four bytes are an address", e);
            }
        }
    }

    @Test
    void whateverTheNetworkDoesItServesAgain() {
        Simulation.of(Upper::new)
                .server(WholeServer::new)
                .client(peer -> {
                    peer.send("hello");
                    peer.expect("HELLO");
                })
                .seeds(200)
                .run();
    }
}
