package io.edgewire.protocols;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.TypeLiteral;
import io.edgewire.api.Clock;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.protocols.framing.FramingOptions;
import io.edgewire.wiring.EdgewireConfig;
import io.edgewire.wiring.OptionsBinder;
import io.edgewire.wiring.ProtocolBinder;
import io.edgewire.wiring.Settings;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Binds {@code echo} and {@code heartbeat}, and the framing around whatever protocol is selected, with what
 * {@code edgewire.protocol} says about them. Needs {@link EdgewireConfig} and a {@link Clock}.
 */
public final class ProtocolsModule extends AbstractModule {
    private static final String ECHO = "edgewire.protocol.echo";
    private static final String FRAMING = "edgewire.protocol.framing";
    private static final String HEARTBEAT = "edgewire.protocol.heartbeat";

    /** A module. */
    public ProtocolsModule() {}

    @Override
    protected void configure() {
        OptionsBinder.of(binder())
                .bind(EchoOptions.class, ECHO, ProtocolsModule::echoOptions)
                .bind(FramingOptions.class, FRAMING, FramingSettings::read)
                .bind(HeartbeatOptions.class, HEARTBEAT, ProtocolsModule::heartbeatOptions);
        Provider<FramingOptions> framing = getProvider(FramingOptions.class);
        Provider<EchoOptions> echo = getProvider(EchoOptions.class);
        ProtocolBinder protocols = ProtocolBinder.of(binder());
        protocols.bind("echo").toProvider(() -> Echo.factory(echo.get()));
        protocols.bind("heartbeat").toProvider(heartbeat());
        protocols.aroundSelected(() -> framed(framing.get()));
    }

    private static UnaryOperator<ProtocolFactory> framed(FramingOptions options) {
        return selected ->
                options.framing().map(framing -> framing.around(selected)).orElse(selected);
    }

    /** The protocol inside is looked up among all that are bound, also those of the user's modules. */
    private Provider<ProtocolFactory> heartbeat() {
        Provider<EdgewireConfig> config = getProvider(EdgewireConfig.class);
        Provider<HeartbeatOptions> options = getProvider(HeartbeatOptions.class);
        Provider<Clock> clock = getProvider(Clock.class);
        Provider<Map<String, Provider<ProtocolFactory>>> bound = getProvider(Key.get(new TypeLiteral<>() {}));
        return () -> {
            Settings settings = config.get().settings(HEARTBEAT);
            if (settings.text("protocol").equals("heartbeat")) {
                throw settings.invalid("protocol", "another protocol: a heartbeat within a heartbeat has no end");
            }
            ProtocolFactory inner = ProtocolBinder.select(settings, bound.get());
            return Heartbeat.factory(inner, options.get(), clock.get());
        };
    }

    private static EchoOptions echoOptions(Settings settings) {
        return settings.valid(
                () -> new EchoOptions(settings.text("greeting"), settings.text("prefix"), settings.text("end")));
    }

    private static HeartbeatOptions heartbeatOptions(Settings settings) {
        return settings.valid(() -> new HeartbeatOptions(
                settings.choice("role", HeartbeatOptions.Role.class),
                settings.duration("interval", HeartbeatOptions.SHORTEST_INTERVAL, HeartbeatOptions.LONGEST_INTERVAL),
                settings.decimal("jitter", 0, HeartbeatOptions.MOST_JITTER),
                settings.integer("max-missed", 1, HeartbeatOptions.MOST_MISSED),
                settings.text("ping"),
                settings.text("pong")));
    }
}
