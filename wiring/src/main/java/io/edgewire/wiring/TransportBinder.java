package io.edgewire.wiring;

import com.google.inject.Binder;
import com.google.inject.Provider;
import com.google.inject.binder.LinkedBindingBuilder;
import com.google.inject.multibindings.MapBinder;
import io.edgewire.api.Transport;
import java.util.Map;

/**
 * Binds transports by the names that {@code edgewire.server.transport} selects them by. In a module's {@code configure}:
 * {@code TransportBinder.of(binder()).bind("nio").to(NioTransport.class)}.
 */
public final class TransportBinder {
    private static final Map<String, NamedBindings.Source> KNOWN = Map.of(
            "nio", new NamedBindings.Source("io.edgewire:edgewire-transport-nio", "NioTransportModule"),
            "bio", new NamedBindings.Source("io.edgewire:edgewire-transport-bio", "BioTransportModule"));

    private final MapBinder<String, Transport> map;

    private TransportBinder(MapBinder<String, Transport> map) {
        this.map = map;
    }

    /** A binder for this module. */
    public static TransportBinder of(Binder binder) {
        return new TransportBinder(
                MapBinder.newMapBinder(binder.skipSources(TransportBinder.class), String.class, Transport.class));
    }

    /** Binds a name; without a scope, each who asks gets a new transport, and closes it. */
    public LinkedBindingBuilder<Transport> bind(String name) {
        return map.addBinding(name);
    }

    /** The one of the transports that are bound whose name the key {@code transport} of a section has. */
    public static Transport select(Settings settings, Map<String, Provider<Transport>> bound) {
        return NamedBindings.select(settings, "transport", bound, KNOWN);
    }
}
