package io.edgewire.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.TypeLiteral;
import io.edgewire.api.Clock;
import io.edgewire.api.Transport;
import io.edgewire.api.event.EventSink;
import io.edgewire.wiring.ConfigLoader;
import io.edgewire.wiring.EdgewireConfig;
import io.edgewire.wiring.EdgewireInjector;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;

class NioTransportModuleTest {
    @Test
    void theDefaultsOfTheConfigurationAreThoseOfTheRecord() {
        assertThat(injector().getInstance(NioOptions.class)).isEqualTo(NioOptions.DEFAULTS);
    }

    @Test
    void eachValueIsConfigured() {
        Injector injector = injector(
                "transport.nio.loops=3",
                "transport.nio.send-budget=5 MiB",
                "transport.nio.accept-retry-min=20ms",
                "transport.nio.accept-retry-max=40ms",
                "transport.nio.shutdown-limit=7s",
                "transport.nio.blocked-after=3s");
        assertThat(injector.getInstance(NioOptions.class))
                .isEqualTo(new NioOptions(
                        3,
                        5 * 1024 * 1024,
                        Duration.ofMillis(20),
                        Duration.ofMillis(40),
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(3)));
    }

    @Test
    void lookingForBlockedHandlersCanBeSwitchedOff() {
        assertThat(injector("transport.nio.blocked-after=off")
                        .getInstance(NioOptions.class)
                        .blockedAfter())
                .isEqualTo(Duration.ZERO);
    }

    @Test
    void valuesThatDoNotFitTogetherAreAFaultOfTheSection() {
        assertThatThrownBy(() -> injector("transport.nio.accept-retry-min=5s"))
                .hasStackTraceContaining("edgewire.transport.nio")
                .hasStackTraceContaining("does not fit together")
                .hasStackTraceContaining("acceptRetryMax");
    }

    @Test
    void itIsBoundByItsName() {
        Map<String, Provider<Transport>> bound =
                injector().getInstance(Key.get(new TypeLiteral<Map<String, Provider<Transport>>>() {}));
        try (Transport transport = bound.get("nio").get()) {
            assertThat(transport).isInstanceOf(NioTransport.class);
        }
    }

    private static Injector injector(String... settings) {
        ConfigLoader loader = EdgewireConfig.loader();
        for (String setting : settings) {
            loader.set("edgewire." + setting);
        }
        EdgewireConfig config = loader.load();
        return EdgewireInjector.create(
                new AbstractModule() {
                    @Override
                    protected void configure() {
                        bind(EdgewireConfig.class).toInstance(config);
                        bind(ThreadFactory.class).toInstance(Thread::new);
                        bind(Clock.class).toInstance(Clock.SYSTEM);
                        bind(EventSink.class).toInstance(EventSink.NONE);
                    }
                },
                new NioTransportModule());
    }
}
