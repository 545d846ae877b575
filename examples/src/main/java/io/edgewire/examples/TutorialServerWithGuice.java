package io.edgewire.examples;

import io.edgewire.device.k230.K230Module;
import io.edgewire.protocols.ProtocolsModule;
import io.edgewire.server.Addresses;
import io.edgewire.server.Edgewire;
import io.edgewire.transport.nio.NioTransportModule;
import io.edgewire.wiring.EdgewireConfig;
import java.io.IOException;

/** The tutorial's server, wired by Guice. Enter ends it. */
public final class TutorialServerWithGuice {
    private TutorialServerWithGuice() {}

    public static void main(String[] args) throws IOException {
        EdgewireConfig config = EdgewireConfig.loader()
                .set("edgewire.server.port=" + (args.length > 0 ? args[0] : "8080"))
                .load();
        try (Edgewire edgewire =
                Edgewire.start(config, new NioTransportModule(), new K230Module(), new ProtocolsModule())) {
            System.out.println("TCP server running on " + Addresses.show(edgewire.awaitListening()));
            System.in.read();
        }
    }
}
