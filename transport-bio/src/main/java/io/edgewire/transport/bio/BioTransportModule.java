package io.edgewire.transport.bio;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import io.edgewire.api.Clock;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.event.EventSink;
import io.edgewire.transport.bio.BioOptions.ThreadMode;
import io.edgewire.transport.core.SendBudget;
import io.edgewire.wiring.OptionsBinder;
import io.edgewire.wiring.Settings;
import io.edgewire.wiring.TransportBinder;
import java.time.Duration;

/**
 * Binds the transport {@code bio}. Wants a {@link Clock} and an {@link EventSink} from others; its threads are
 * {@linkplain Threads its own kind}.
 */
public final class BioTransportModule extends AbstractModule {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** A module; what it needs comes from the other modules of the injector. */
    public BioTransportModule() {}

    @Override
    protected void configure() {
        OptionsBinder.of(binder()).bind(BioOptions.class, "edgewire.transport.bio", BioTransportModule::read);
        Provider<BioOptions> options = getProvider(BioOptions.class);
        Provider<Clock> clock = getProvider(Clock.class);
        Provider<EventSink> events = getProvider(EventSink.class);
        TransportBinder.of(binder())
                .bind("bio")
                .toProvider(() -> new BioTransport(
                        options.get(), Threads.perConnection(options.get()), clock.get(), events.get()));
    }

    private static BioOptions read(Settings settings) {
        ThreadMode threads = settings.choice("threads", ThreadMode.class);
        int stack = settings.bytes("stack-size", 0, Integer.MAX_VALUE);
        long budget = settings.bytes("send-budget", 0L, Long.MAX_VALUE);
        Duration retry = settings.duration("accept-retry", SHORTEST, LONGEST);
        Duration shutdown = settings.duration("shutdown-limit", SHORTEST, LONGEST);
        Duration blocked = settings.durationOrOff("blocked-after", SHORTEST, LONGEST);
        int read = settings.bytes("read-buffer", Buffers.SMALL, ConnectionOptions.LARGEST_READ);
        return settings.valid(() -> new BioOptions(
                threads, stack, budget == 0 ? SendBudget.quarterOfHeap() : budget, retry, shutdown, blocked, read));
    }
}
