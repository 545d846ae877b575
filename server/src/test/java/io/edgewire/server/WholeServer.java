package io.edgewire.server;

import io.edgewire.api.StopOutcome;
import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.Ssid;
import io.edgewire.device.k230.SimulatedAir;
import io.edgewire.device.k230.SimulatedLatencies;
import io.edgewire.device.k230.SimulatedProfile;
import io.edgewire.device.k230.SimulatedWlan;
import io.edgewire.device.k230.SimulatedWlanOptions;
import io.edgewire.device.k230.StationOptions;
import io.edgewire.device.k230.WlanStation;
import io.edgewire.testkit.sim.SimulatedServer;
import io.edgewire.testkit.sim.World;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletionStage;

/** EdgeServer, WlanStation and SimulatedWlan, with options, latencies and quirks that are drawn. */
class WholeServer implements SimulatedServer {
    private static final IfConfig HOME = lease("192.0.2.1");
    private static final IfConfig AWAY = lease("192.0.2.2");
    private static final int[] MILLIS = {0, 10, 500, 5_000};

    private final Random random;
    private final WlanStation station;
    private final EdgeServerOptions options;
    private final EdgeServer server;

    WholeServer(World world) {
        random = world.random();
        SimulatedWlan board = new SimulatedWlan(boardOptions(), world.scheduler(), world::await);
        world.follow(board);
        station = new WlanStation(
                board,
                Credentials.open(Ssid.parse("workshop")),
                StationOptions.DEFAULTS.withPollInterval(Duration.ofMillis(100 + random.nextInt(2_000))),
                world.scheduler(),
                world.blocking(),
                world.events(),
                random);
        options = serverOptions();
        server = new EdgeServer(
                "server",
                station,
                world.transport(),
                world.protocol(),
                options,
                world.scheduler(),
                world.blocking(),
                world.events(),
                world.random());
        weather(world, board.air());
    }

    private static void weather(World world, SimulatedAir air) {
        world.fault("the network is lost", air::lose, air::comeBack);
        world.fault("the board is thrown out", air::drop, () -> {});
        world.fault("the lease moves", () -> air.readdress(AWAY), () -> air.readdress(HOME));
        world.fault("the lease moves for good", () -> air.readdress(AWAY), () -> {});
        world.fault("the next lease is another", () -> air.leaseFromNowOn(AWAY), () -> air.leaseFromNowOn(HOME));
        world.fault("DHCP is silent", air::stopDhcp, air::startDhcp);
    }

    private SimulatedWlanOptions boardOptions() {
        return SimulatedWlanOptions.DEFAULTS
                .withProfile(random.nextInt(3) == 0 ? SimulatedProfile.CANMV : SimulatedProfile.IDEAL)
                .withLeases(HOME)
                .withLatencies(new SimulatedLatencies(time(), time(), time(), time().plusMillis(1)));
    }

    private EdgeServerOptions serverOptions() {
        EdgeServerOptions drawn = EdgeServerOptions.DEFAULTS
                .withPort(random.nextBoolean() ? 8080 : 0)
                .withLinkGrace(random.nextInt(4) == 0 ? Duration.ZERO : Duration.ofMillis(random.nextInt(20_000)));
        return random.nextInt(3) == 0 ? drawn.withBind(EdgeServerOptions.ANY) : drawn;
    }

    private Duration time() {
        return Duration.ofMillis(MILLIS[random.nextInt(MILLIS.length)]);
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
        return options.linkGrace();
    }

    private static IfConfig lease(String address) {
        return IfConfig.of(ScriptedStation.address(address), 24);
    }
}
