package io.edgewire.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import io.edgewire.api.Clock;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.Scheduler;
import io.edgewire.api.Transport;
import io.edgewire.api.event.EventSink;
import io.edgewire.api.wlan.Station;
import io.edgewire.wiring.DeviceBinder;
import io.edgewire.wiring.EdgewireConfig;
import io.edgewire.wiring.OptionsBinder;
import io.edgewire.wiring.ProtocolBinder;
import io.edgewire.wiring.TransportBinder;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;
import org.tinylog.Logger;

/**
 * Wires a server: the configuration, time, threads, events, and the transport and protocol that the configuration
 * names. The modules of transports, devices and protocols stand beside it.
 *
 * <p>Who wants to hear events adds an observer to the set: {@code Multibinder.newSetBinder(binder(), EventSink.class)}.
 * Observers are called on the thread of a bounded queue and may block it. {@link ConnectionCounters} stand before the
 * queue, so they miss nothing.
 */
public final class EdgewireModule extends AbstractModule {
    private static final Duration LOG_CLOSE_LIMIT = Duration.ofSeconds(3);

    private final EdgewireConfig config;

    /** The module for a configuration. */
    public EdgewireModule(EdgewireConfig config) {
        this.config = Objects.requireNonNull(config, "config");
    }

    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        binder().disableCircularProxies();
        bind(EdgewireConfig.class).toInstance(config);
        bind(Clock.class).toInstance(Clock.SYSTEM);
        bind(Scheduler.class).to(SystemScheduler.class);
        bind(ConnectionCounters.class).in(Scopes.SINGLETON);
        bind(Executor.class).to(BlockingCalls.class);
        bind(Edgewire.class).in(Scopes.SINGLETON);
        bind(Wired.class);
        TransportBinder.of(binder());
        DeviceBinder.of(binder());
        ProtocolBinder.of(binder());
        Multibinder.newSetBinder(binder(), EventSink.class);
        OptionsBinder.of(binder())
                .bind(EdgeServerOptions.class, "edgewire", ServerSettings::server)
                .bind(StopOptions.class, "edgewire.server", StopOptions::read)
                .bind(LogOptions.class, "edgewire.log", LogOptions::read);
    }

    @Provides
    @Singleton
    ThreadFactory threads() {
        return new EdgewireThreads("edgewire", failure -> Logger.error(failure, "a thread died"));
    }

    @Provides
    @Singleton
    BlockingCalls blocking(ThreadFactory threads) {
        return new BlockingCalls(threads);
    }

    @Provides
    @Singleton
    SystemScheduler scheduler(ThreadFactory threads) {
        return new SystemScheduler(threads, failure -> Logger.error(failure, "a task of the scheduler failed"));
    }

    @Provides
    @Singleton
    BoundedEventQueue queue(LogOptions options, Clock clock, Set<EventSink> observers, ThreadFactory threads) {
        Observers all = new Observers(new TinylogEvents(clock), observers);
        return new BoundedEventQueue(options.queue(), all, threads, LOG_CLOSE_LIMIT);
    }

    @Provides
    @Singleton
    EventSink events(ConnectionCounters counters, BoundedEventQueue queue) {
        return counters.and(queue);
    }

    @Provides
    @Singleton
    Transport transport(Map<String, Provider<Transport>> bound) {
        return TransportBinder.select(config.settings("edgewire.server"), bound);
    }

    @Provides
    ProtocolFactory protocol(
            Map<String, Provider<ProtocolFactory>> bound, Optional<UnaryOperator<ProtocolFactory>> around) {
        ProtocolFactory selected = ProtocolBinder.select(config.settings("edgewire.server"), bound);
        return around.orElse(UnaryOperator.identity()).apply(selected);
    }

    @Provides
    @Singleton
    EdgeServer server(
            Station station,
            Transport transport,
            ProtocolFactory protocol,
            EdgeServerOptions options,
            Scheduler scheduler,
            Executor blocking,
            EventSink events) {
        return new EdgeServer("server", station, transport, protocol, options, scheduler, blocking, events);
    }
}
