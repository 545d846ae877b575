package io.edgewire.transport.nio;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import io.edgewire.api.Clock;
import io.edgewire.api.event.EventSink;
import io.edgewire.transport.core.SendBudget;
import io.edgewire.wiring.OptionsBinder;
import io.edgewire.wiring.Settings;
import io.edgewire.wiring.TransportBinder;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/**
 * Binds the transport {@code nio}. Wants a {@link ThreadFactory}, a {@link Clock} and an {@link EventSink} from others.
 */
public final class NioTransportModule extends AbstractModule {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** A module; what it needs comes from the other modules of the injector. */
    public NioTransportModule() {}

    @Override
    protected void configure() {
        OptionsBinder.of(binder()).bind(NioOptions.class, "edgewire.transport.nio", NioTransportModule::read);
        Provider<NioOptions> options = getProvider(NioOptions.class);
        Provider<ThreadFactory> threads = getProvider(ThreadFactory.class);
        Provider<Clock> clock = getProvider(Clock.class);
        Provider<EventSink> events = getProvider(EventSink.class);
        TransportBinder.of(binder())
                .bind("nio")
                .toProvider(() -> new NioTransport(options.get(), threads.get(), clock.get(), events.get()));
    }

    private static NioOptions read(Settings settings) {
        int loops = settings.integer("loops", 0, NioOptions.MOST_LOOPS);
        long budget = settings.bytes("send-budget", 0, Long.MAX_VALUE);
        Duration retryMin = settings.duration("accept-retry-min", SHORTEST, LONGEST);
        Duration retryMax = settings.duration("accept-retry-max", SHORTEST, LONGEST);
        Duration shutdown = settings.duration("shutdown-limit", SHORTEST, LONGEST);
        Duration blocked = settings.durationOrOff("blocked-after", SHORTEST, LONGEST);
        return settings.valid(() -> new NioOptions(
                loops, budget == 0 ? SendBudget.quarterOfHeap() : budget, retryMin, retryMax, shutdown, blocked));
    }
}
