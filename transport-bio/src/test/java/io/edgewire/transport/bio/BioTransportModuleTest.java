package io.edgewire.transport.bio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.inject.AbstractModule;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.TypeLiteral;
import io.edgewire.api.Clock;
import io.edgewire.api.Transport;
import io.edgewire.api.event.EventSink;
import io.edgewire.transport.bio.BioOptions.ThreadMode;
import io.edgewire.wiring.ConfigLoader;
import io.edgewire.wiring.ConfigurationException;
import io.edgewire.wiring.EdgewireConfig;
import io.edgewire.wiring.EdgewireInjector;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BioTransportModuleTest {
    @Test
    void theDefaultsOfTheConfigurationAreThoseOfTheRecord() {
        assertThat(injector().getInstance(BioOptions.class)).isEqualTo(BioOptions.DEFAULTS);
    }

    @Test
    void eachValueIsConfigured() {
        Injector injector = injector(
                "threads=platform",
                "stack-size=1 MiB",
                "send-budget=2 MiB",
                "accept-retry=1s",
                "shutdown-limit=5s",
                "blocked-after=off",
                "read-buffer=16 KiB");

        assertThat(injector.getInstance(BioOptions.class))
                .isEqualTo(new BioOptions(
                        ThreadMode.PLATFORM,
                        1024 * 1024,
                        2 * 1024 * 1024,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ZERO,
                        16 * 1024));
    }

    @Test
    void eachWhoAsksGetsATransportOfItsOwn() {
        Map<String, Provider<Transport>> bound = injector().getInstance(Key.get(new TypeLiteral<>() {}));

        Transport first = bound.get("bio").get();

        assertThat(first)
                .isInstanceOf(BioTransport.class)
                .isNotSameAs(bound.get("bio").get());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "threads=green",
                "stack-size=1 KiB",
                "accept-retry=0s",
                "shutdown-limit=1",
                "read-buffer=1 KiB",
                "read-buffer=1 MiB"
            })
    void aValueOutOfItsRangeIsRefused(String setting) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> injector(setting))
                .withMessageContaining("edgewire.transport.bio");
    }

    private static Injector injector(String... settings) {
        ConfigLoader loader = EdgewireConfig.loader();
        for (String setting : settings) {
            loader.set("edgewire.transport.bio." + setting);
        }
        EdgewireConfig config = loader.load();
        return EdgewireInjector.create(new BioTransportModule(), new AbstractModule() {
            @Override
            protected void configure() {
                bind(EdgewireConfig.class).toInstance(config);
                bind(Clock.class).toInstance(Clock.SYSTEM);
                bind(EventSink.class).toInstance(EventSink.NONE);
            }
        });
    }
}
