package io.edgewire.wiring;

import com.google.inject.Binder;
import com.google.inject.Provider;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.multibindings.OptionalBinder;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.ProtocolHandler;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Binds protocols by the names that {@code edgewire.server.protocol} selects them by. In a module's {@code configure}:
 * {@code ProtocolBinder.of(binder()).bind("upper").to(Upper.class)}.
 */
public final class ProtocolBinder {
    private static final NamedBindings.Source SOURCE =
            new NamedBindings.Source("io.edgewire:edgewire-protocols", "ProtocolsModule");
    private static final Map<String, NamedBindings.Source> KNOWN = Map.of("echo", SOURCE, "heartbeat", SOURCE);

    private static final TypeLiteral<UnaryOperator<ProtocolFactory>> WRAPPER = new TypeLiteral<>() {};

    private final Binder binder;
    private final MapBinder<String, ProtocolFactory> map;

    private ProtocolBinder(Binder binder) {
        this.binder = binder;
        this.map = MapBinder.newMapBinder(binder, String.class, ProtocolFactory.class);
        OptionalBinder.newOptionalBinder(binder, WRAPPER);
    }

    /** A binder for this module. */
    public static ProtocolBinder of(Binder binder) {
        return new ProtocolBinder(binder.skipSources(ProtocolBinder.class, Named.class));
    }

    /** Names a protocol; what it is follows. */
    public Named bind(String name) {
        return new Named(name);
    }

    /**
     * What is put around the protocol that {@code edgewire.server.protocol} selects, whichever that is; one for all
     * modules. A server asks for it as an optional {@code UnaryOperator<ProtocolFactory>}.
     */
    public void aroundSelected(Provider<UnaryOperator<ProtocolFactory>> wrapper) {
        OptionalBinder.newOptionalBinder(binder, WRAPPER).setBinding().toProvider(wrapper);
    }

    /** The one of the protocols that are bound whose name the key {@code protocol} of a section has. */
    public static ProtocolFactory select(Settings settings, Map<String, Provider<ProtocolFactory>> bound) {
        return NamedBindings.select(settings, "protocol", bound, KNOWN);
    }

    /** A name that waits for its protocol. */
    public final class Named {
        private final String name;

        private Named(String name) {
            this.name = name;
        }

        /**
         * A handler class. Guice makes a new instance for each connection, with what its constructor asks for; a
         * constructor with parameters needs {@code @Inject}. On the module path its package must be open to Guice.
         */
        public void to(Class<? extends ProtocolHandler> handler) {
            binder.bind(handler);
            Provider<? extends ProtocolHandler> provider = binder.getProvider(handler);
            map.addBinding(name).toInstance(provider::get);
        }

        /** A factory that Guice makes. */
        public void toFactory(Class<? extends ProtocolFactory> factory) {
            map.addBinding(name).to(factory);
        }

        /** A factory that is there already. */
        public void toFactory(ProtocolFactory factory) {
            map.addBinding(name).toInstance(factory);
        }

        /** A factory that a provider makes, once for each server. */
        public void toProvider(Provider<? extends ProtocolFactory> provider) {
            map.addBinding(name).toProvider(provider);
        }

        /** A factory that a provider makes, once for each server; Guice makes the provider. */
        public void toProvider(Class<? extends Provider<? extends ProtocolFactory>> provider) {
            map.addBinding(name).toProvider(provider);
        }
    }
}
