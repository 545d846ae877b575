package io.edgewire.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewire.api.ConnectionOptions;
import io.edgewire.wiring.ConfigLoader;
import io.edgewire.wiring.ConfigurationException;
import io.edgewire.wiring.EdgewireConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerSettingsTest {
    @Test
    void theDefaultsInTheReferenceAreThoseOfTheRecords() {
        assertThat(read()).isEqualTo(EdgeServerOptions.DEFAULTS);
        assertThat(read().limits().connection()).isEqualTo(ConnectionOptions.DEFAULTS);
    }

    @Test
    void everyKeyReachesItsOption() {
        EdgeServerOptions options = read(
                "server.bind=::1",
                "server.port=0",
                "server.backlog=5",
                "server.link-grace=0s",
                "server.drain-timeout=2m",
                "connection.max=off",
                "connection.max-per-address=4",
                "connection.accept-rate=50",
                "connection.first-byte-timeout=1s",
                "connection.idle-timeout=2s",
                "connection.write-timeout=3s",
                "connection.close-timeout=4s",
                "connection.lifetime=5s",
                "connection.send-low-mark=1 KiB",
                "connection.send-high-mark=2 KiB",
                "connection.send-limit=2 MiB",
                "connection.task-limit=9",
                "connection.socket-send-buffer=off");
        assertThat(options.bind()).contains(ScriptedStation.address("::1"));
        assertThat(options.port()).isZero();
        assertThat(options.linkGrace()).isZero();
        assertThat(options.drainTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(options.limits().backlog()).isEqualTo(5);
        assertThat(options.limits().maxConnections()).isEqualTo(Integer.MAX_VALUE);
        assertThat(options.limits().maxPerAddress()).isEqualTo(4);
        assertThat(options.limits().acceptRate()).isEqualTo(50);
        ConnectionOptions connection = options.limits().connection();
        assertThat(connection.timeouts().firstByte()).hasSeconds(1);
        assertThat(connection.timeouts().idle()).hasSeconds(2);
        assertThat(connection.timeouts().write()).hasSeconds(3);
        assertThat(connection.timeouts().close()).hasSeconds(4);
        assertThat(connection.timeouts().lifetime()).hasSeconds(5);
        assertThat(connection.sendLowMark()).isEqualTo(1024);
        assertThat(connection.sendHighMark()).isEqualTo(2048);
        assertThat(connection.sendLimit()).isEqualTo(2 << 20);
        assertThat(connection.taskLimit()).isEqualTo(9);
        assertThat(connection.socketSendBuffer()).isZero();
    }

    @Test
    void anyIsEveryAddress() {
        assertThat(read("server.bind=any").bind()).contains(EdgeServerOptions.ANY);
    }

    @Test
    void anAddressThatIsNoneNamesWhatMayStandThere() {
        assertThatThrownBy(() -> read("server.bind=statoin"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("edgewire.server.bind is \"statoin\" (--set), but must be station, any, or an IP address in"
                        + " digits, such as 192.168.1.20 or ::1, or localhost; the default is \"station\"");
    }

    @Test
    void aLimitThatIsTooSmallForItsMarkIsAFault() {
        assertThatThrownBy(() -> read("connection.send-limit=256 KiB"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("edgewire.connection (")
                .hasMessageEndingWith(") does not fit together: sendLimit is 262144, but must be 331776 or more");
    }

    private static EdgeServerOptions read(String... assignments) {
        ConfigLoader loader = EdgewireConfig.loader();
        for (String assignment : assignments) {
            loader.set("edgewire." + assignment);
        }
        return ServerSettings.server(loader.load().settings("edgewire"));
    }
}
