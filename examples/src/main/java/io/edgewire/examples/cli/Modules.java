package io.edgewire.examples.cli;

import com.google.inject.Module;
import io.edgewire.device.k230.K230Module;
import io.edgewire.examples.UpperModule;
import io.edgewire.protocols.ProtocolsModule;
import io.edgewire.transport.bio.BioTransportModule;
import io.edgewire.transport.nio.NioTransportModule;
import java.util.List;

/** Everything that the command line can choose from, explicitly. */
final class Modules {
    private Modules() {}

    static List<Module> all() {
        return List.of(
                new NioTransportModule(),
                new BioTransportModule(),
                new K230Module(),
                new ProtocolsModule(),
                new UpperModule());
    }
}
