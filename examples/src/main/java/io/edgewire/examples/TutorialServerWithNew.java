package io.edgewire.examples;

import io.edgewire.api.event.EventSink;
import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.Ssid;
import io.edgewire.device.k230.SimulatedWlan;
import io.edgewire.device.k230.SimulatedWlanOptions;
import io.edgewire.device.k230.StationOptions;
import io.edgewire.device.k230.WlanStation;
import io.edgewire.protocols.Echo;
import io.edgewire.protocols.EchoOptions;
import io.edgewire.server.Addresses;
import io.edgewire.server.EdgeServer;
import io.edgewire.server.EdgeServerOptions;
import io.edgewire.server.EdgewireThreads;
import io.edgewire.server.SystemScheduler;
import io.edgewire.transport.nio.NioTransport;
import java.io.IOException;

/** The tutorial's server, wired by hand: the same parts, without Guice and configuration. Enter ends it. */
public final class TutorialServerWithNew {
    private TutorialServerWithNew() {}

    public static void main(String[] args) throws IOException {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
        EventSink events = EventSink.NONE;
        EdgewireThreads threads = new EdgewireThreads("tutorial", Throwable::printStackTrace);
        try (SystemScheduler scheduler = new SystemScheduler(threads, Throwable::printStackTrace)) {
            WlanStation station = new WlanStation(
                    new SimulatedWlan(SimulatedWlanOptions.DEFAULTS, scheduler),
                    Credentials.open(Ssid.parse("")),
                    StationOptions.DEFAULTS,
                    scheduler,
                    task -> threads.newThread(task).start(),
                    events);
            try (station;
                    NioTransport transport = NioTransport.create(events)) {
                EdgeServer server = new EdgeServer(
                        "tutorial",
                        station,
                        transport,
                        Echo.factory(EchoOptions.DEFAULTS),
                        EdgeServerOptions.DEFAULTS.withPort(port),
                        scheduler,
                        events);
                System.out.println(
                        "TCP server running on " + Addresses.show(server.start().join()));
                System.in.read();
                server.stop();
            }
            // The board lets go of its network on the scheduler, which therefore ends last.
            station.closed().toCompletableFuture().join();
        }
    }
}
