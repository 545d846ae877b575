package io.edgewire.examples.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.OptionalBinder;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.event.EdgeEvent;
import io.edgewire.api.event.EventSink;
import io.edgewire.api.event.ServerEvent;
import io.edgewire.device.k230.KeySource;
import io.edgewire.device.k230.NetworkOptions;
import io.edgewire.server.BoundedEventQueue;
import io.edgewire.server.ConnectionCounters;
import io.edgewire.wiring.EdgewireConfig;
import io.edgewire.wiring.ProtocolBinder;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a terminal adds to a server: it hears the events, sees what clients send and is asked for the password. The
 * console has a queue of its own, so that events and bytes stay in their order.
 */
final class ConsoleModule extends AbstractModule {
    private final EdgewireConfig config;
    private final Console console;
    private final Narrator narrator;

    ConsoleModule(EdgewireConfig config, Console console, Narrator narrator) {
        this.config = config;
        this.console = console;
        this.narrator = narrator;
    }

    @Override
    protected void configure() {
        Provider<NetworkOptions> network = getProvider(NetworkOptions.class);
        OptionalBinder.newOptionalBinder(binder(), KeySource.class)
                .setBinding()
                .toProvider(() -> WifiKey.source(network.get()));
    }

    @Provides
    @Singleton
    EventSink events(ConnectionCounters counters, BoundedEventQueue log) {
        return counters.and(console).and(event -> {
            if (!endsTheCommand(event)) {
                log.accept(event);
            }
        });
    }

    @Provides
    ProtocolFactory protocol(
            Map<String, Provider<ProtocolFactory>> bound, Optional<UnaryOperator<ProtocolFactory>> around) {
        ProtocolFactory selected = ProtocolBinder.select(config.settings("edgewire.server"), bound);
        ProtocolFactory shown = narrator.showsReads() ? Shown.around(selected, console) : selected;
        return around.orElse(UnaryOperator.identity()).apply(shown);
    }

    /** Is told by the command itself, once. */
    private static boolean endsTheCommand(EdgeEvent event) {
        return event instanceof ServerEvent.ListenFailed failed
                && failed.retryIn().isZero();
    }
}
