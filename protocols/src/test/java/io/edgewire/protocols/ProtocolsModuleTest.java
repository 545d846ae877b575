package io.edgewire.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.TypeLiteral;
import io.edgewire.api.Clock;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.protocols.framing.FramingOptions;
import io.edgewire.testkit.RecordingHandler;
import io.edgewire.testkit.protocol.ScriptedConnection;
import io.edgewire.wiring.ConfigLoader;
import io.edgewire.wiring.ConfigurationException;
import io.edgewire.wiring.EdgewireConfig;
import io.edgewire.wiring.EdgewireInjector;
import io.edgewire.wiring.ProtocolBinder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolsModuleTest {
    @Test
    void theDefaultsOfTheConfigurationAreThoseOfTheRecords() {
        Injector injector = injector();
        assertThat(injector.getInstance(EchoOptions.class)).isEqualTo(EchoOptions.DEFAULTS);
        assertThat(injector.getInstance(HeartbeatOptions.class)).isEqualTo(HeartbeatOptions.DEFAULTS);
        assertThat(injector.getInstance(FramingOptions.class)).isEqualTo(FramingOptions.DEFAULTS);
    }

    @Test
    void eachValueIsConfigured() {
        Injector injector = injector(
                "protocol.echo.greeting=hi %d",
                "protocol.echo.prefix=",
                "protocol.echo.end=bye",
                "protocol.heartbeat.role=both",
                "protocol.heartbeat.interval=20ms",
                "protocol.heartbeat.jitter=0.25",
                "protocol.heartbeat.max-missed=7",
                "protocol.heartbeat.ping=A",
                "protocol.heartbeat.pong=B");
        assertThat(injector.getInstance(EchoOptions.class)).isEqualTo(new EchoOptions("hi %d", "", "bye"));
        assertThat(injector.getInstance(HeartbeatOptions.class))
                .isEqualTo(new HeartbeatOptions(HeartbeatOptions.Role.BOTH, Duration.ofMillis(20), 0.25, 7, "A", "B"));
    }

    @Test
    void bothProtocolsAreBoundAndEchoIsInsideTheHeartbeat() {
        Injector injector = injector("protocol.echo.greeting=");
        assertThat(answer(injector, "echo")).isEqualTo("recv: x");
        assertThat(answer(injector, "heartbeat")).isEqualTo("recv: x");
        assertThat(factory(injector, "heartbeat").newHandler()).isInstanceOf(Heartbeat.class);
    }

    @Test
    void theHeartbeatTakesAProtocolOfTheUsersInside() {
        assertThat(answer(injector("protocol.heartbeat.protocol=mine"), "heartbeat"))
                .isEqualTo("mine");
    }

    @Test
    void aHeartbeatInsideItselfIsRefused() {
        Injector injector = injector("protocol.heartbeat.protocol=heartbeat");
        assertThatThrownBy(() -> factory(injector, "heartbeat"))
                .rootCause()
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("edgewire.protocol.heartbeat.protocol is \"heartbeat\"")
                .hasMessageContaining("no end");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "protocol.heartbeat.interval=15",
                "protocol.heartbeat.interval=1ms",
                "protocol.heartbeat.max-missed=0",
                "protocol.heartbeat.jitter=0.7",
                "protocol.heartbeat.role=asks",
                "protocol.framing.kind=length3",
                "protocol.framing.maximum=0",
                "protocol.framing.charset=none-such",
                "protocol.framing.charset=?",
                "protocol.framing.delimiter=hex:0",
                "protocol.framing.delimiter=",
                "protocol.framing.offset=256",
                "protocol.framing.endianness=middle"
            })
    void aValueOutOfItsRangeIsRefusedWithItsKey(String setting) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> injector(setting))
                .withMessageContaining("edgewire." + setting.substring(0, setting.indexOf('=')))
                .withMessageContaining("--set");
    }

    @Test
    void eachFramingIsPutAroundTheSelectedProtocol() {
        assertThat(framed("\1x", "kind=length1")).isEqualTo("\7recv: x");
        assertThat(framed("\3x", "kind=length1", "adjustment=-2")).isEqualTo("\11recv: x");
        assertThat(framed("\2x", "kind=length1", "counts-header=true")).isEqualTo("\10recv: x");
        assertThat(framed("\0\1x", "kind=length2")).isEqualTo("\0\7recv: x");
        assertThat(framed("\1\0\0\0x", "kind=length4", "endianness=little")).isEqualTo("\7\0\0\0recv: x");
        assertThat(framed("\0\0\0\0\0\0\0\1x", "kind=length8")).isEqualTo("\0\0\0\0\0\0\0\7recv: x");
        assertThat(framed("x\n", "kind=line", "line-end=crlf")).isEqualTo("recv: x\r\n");
        assertThat(framed("x\n", "kind=line", "strip=false")).isEqualTo("recv: x\n");
        assertThat(framed("x\0", "kind=delimiter")).isEqualTo("recv: x\0");
        assertThat(framed("x\r", "kind=delimiter", "delimiter=hex:0d")).isEqualTo("recv: x\r");
        assertThat(framed("x--", "kind=delimiter", "delimiter=--")).isEqualTo("recv: x--");
        assertThat(framed("xy", "kind=fixed", "length=1", "echo=bare")).isEqualTo("xy");
        assertThat(framed("x", "kind=none")).isEqualTo("recv: x");
        assertThat(framed("xyz\n", "kind=line", "maximum=2")).isEmpty();
        assertThat(framed("\u00c4\n", "kind=line", "charset=US-ASCII")).isEmpty();
    }

    @Test
    void framingSettingsThatDoNotFitTogetherAreRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> injector("protocol.framing.kind=length2", "protocol.framing.offset=2"))
                .withMessageContaining("edgewire.protocol.framing")
                .withMessageContaining("would be lost");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> injector("protocol.framing.kind=line", "protocol.framing.charset=UTF-16"))
                .withMessageContaining("CR and LF are single bytes");
    }

    /** What an echo without greeting answers to one read, within a framing. */
    private static String framed(String read, String... settings) {
        List<String> all = new ArrayList<>(List.of("protocol.echo.greeting="));
        for (String setting : settings) {
            all.add(setting.equals("echo=bare") ? "protocol.echo.prefix=" : "protocol.framing." + setting);
        }
        Injector injector = injector(all.toArray(new String[0]));
        Optional<UnaryOperator<ProtocolFactory>> around = injector.getInstance(Key.get(new TypeLiteral<>() {}));
        ScriptedConnection connection = new ScriptedConnection(
                around.orElseThrow().apply(factory(injector, "echo")).newHandler());
        connection.open();
        connection.deliver(read.getBytes(StandardCharsets.UTF_8));
        assertThat(connection.failure()).isEmpty();
        return connection.sentText();
    }

    @Test
    void wordsThatBeginAlikeAreRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> injector("protocol.heartbeat.pong=PING"))
                .withMessageContaining("edgewire.protocol.heartbeat")
                .withMessageContaining("one begins with the other");
    }

    private static String answer(Injector injector, String protocol) {
        ScriptedConnection connection =
                new ScriptedConnection(factory(injector, protocol).newHandler());
        connection.open();
        connection.deliver("x");
        return connection.sentText();
    }

    private static ProtocolFactory factory(Injector injector, String name) {
        Map<String, Provider<ProtocolFactory>> bound = injector.getInstance(Key.get(new TypeLiteral<>() {}));
        return bound.get(name).get();
    }

    private static Injector injector(String... settings) {
        ConfigLoader loader = EdgewireConfig.loader();
        for (String setting : settings) {
            loader.set("edgewire." + setting);
        }
        EdgewireConfig config = loader.load();
        return EdgewireInjector.create(new ProtocolsModule(), new AbstractModule() {
            @Override
            protected void configure() {
                bind(EdgewireConfig.class).toInstance(config);
                bind(Clock.class).toInstance(Clock.SYSTEM);
                ProtocolBinder.of(binder())
                        .bind("mine")
                        .toFactory(() -> new RecordingHandler().whenBytes((c, in) -> c.send("mine")));
            }
        });
    }
}
