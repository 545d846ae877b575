package io.edgewire.device.k230;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.multibindings.OptionalBinder;
import com.typesafe.config.ConfigFactory;
import io.edgewire.api.Backoff;
import io.edgewire.api.Scheduler;
import io.edgewire.api.event.EventSink;
import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.Ssid;
import io.edgewire.api.wlan.Station;
import io.edgewire.api.wlan.StationState;
import io.edgewire.api.wlan.StationState.Lost;
import io.edgewire.api.wlan.StationState.Retrying;
import io.edgewire.api.wlan.StationState.Up;
import io.edgewire.api.wlan.WlanDevice;
import io.edgewire.device.k230.SimulatedAccessPoint.Admission;
import io.edgewire.testkit.ManualScheduler;
import io.edgewire.testkit.RecordingEvents;
import io.edgewire.wiring.ConfigurationException;
import io.edgewire.wiring.EdgewireConfig;
import io.edgewire.wiring.EdgewireInjector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class K230ModuleTest {
    private final ManualScheduler scheduler = new ManualScheduler();

    private Injector injector(String settings, KeySource... keys) {
        EdgewireConfig config = EdgewireConfig.of(ConfigFactory.parseString(settings));
        return Guice.createInjector(new K230Module(), new AbstractModule() {
            @Override
            protected void configure() {
                binder().requireExplicitBindings();
                bind(EdgewireConfig.class).toInstance(config);
                bind(Scheduler.class).toInstance(scheduler);
                bind(Executor.class).toInstance(Runnable::run);
                bind(EventSink.class).toInstance(new RecordingEvents());
                for (KeySource source : keys) {
                    OptionalBinder.newOptionalBinder(binder(), KeySource.class)
                            .setBinding()
                            .toInstance(source);
                }
            }
        });
    }

    private static String device(String settings) {
        return "edgewire.device { " + settings + " }";
    }

    /** The life that these settings lead to, as the names of its states. */
    private List<StationState> life(String settings, Duration length) {
        Station station = injector(settings, ssid -> Optional.of("correct horse".toCharArray()))
                .getInstance(Station.class);
        List<StationState> states = new ArrayList<>();
        station.observe(states::add);
        station.join();
        scheduler.advance(length);
        return states;
    }

    @Test
    void withoutAnyConfigurationTheDefaultsOfTheRecordsHold() {
        Injector injector = injector("");

        assertThat(injector.getInstance(StationOptions.class)).isEqualTo(StationOptions.DEFAULTS);
        assertThat(injector.getInstance(SimulatedWlanOptions.class)).isEqualTo(SimulatedWlanOptions.DEFAULTS);
        assertThat(injector.getInstance(HostNetworkOptions.class)).isEqualTo(HostNetworkOptions.DEFAULTS);
        assertThat(injector.getInstance(WlanDevice.class)).isInstanceOf(SimulatedWlan.class);
        assertThat(injector.getInstance(Station.class)).isSameAs(injector.getInstance(Station.class));
    }

    @Test
    void theDeviceIsChosenByName() {
        assertThat(injector("edgewire.server.device = host").getInstance(WlanDevice.class))
                .isInstanceOf(HostNetwork.class);
    }

    @Test
    void aDeviceThatIsNotBoundIsAnErrorThatListsWhatIs() {
        Injector injector = injector("edgewire.server.device = canmv");

        assertThatThrownBy(() -> injector.getInstance(WlanDevice.class))
                .hasMessageContaining("canmv")
                .hasMessageContaining("host, sim");
    }

    @Test
    void theNameAndTheKeyMakeTheCredentials() {
        Credentials credentials = injector(device("ssid = \"工作坊\""), ssid -> Optional.of("correct horse".toCharArray()))
                .getInstance(Credentials.class);

        assertThat(credentials.ssid()).isEqualTo(Ssid.parse("工作坊"));
        assertThat(credentials.<String>withKey(String::new)).isEqualTo("correct horse");
    }

    @Test
    void everythingOfTheStationCanBeSet() {
        StationOptions options = injector(device("""
                        poll-interval = 100ms, connect-timeout = 20s, lease-timeout = 10s, call-timeout = 5s
                        reconnect-grace = off, max-attempts = 7, backoff { first = 2s, cap = 30s, jitter = 0 }
                        address = "192.168.1.20/25", gateway = 192.168.1.1, dns = 9.9.9.9
                        """)).getInstance(StationOptions.class);

        assertThat(options.pollInterval()).isEqualTo(Duration.ofMillis(100));
        assertThat(options.connectTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(options.leaseTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.callTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.reconnectGrace()).isZero();
        assertThat(options.maxAttempts()).isEqualTo(7);
        assertThat(options.backoff()).isEqualTo(new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(30), 0));
        assertThat(options.fixedAddress()).hasValueSatisfying(config -> {
            assertThat(config.prefixLength()).isEqualTo(25);
            assertThat(config.gateway())
                    .contains(StrictWlan.address("192.168.1.1").address());
            assertThat(config.dns()).contains(StrictWlan.address("9.9.9.9").address());
        });
    }

    @Test
    void everythingOfTheSimulatedAirCanBeSet() {
        SimulatedWlanOptions options = injector(device("""
                        sim {
                          name = wlan0, profile = canmv, leases = [127.0.0.5, "10.0.0.1/16"]
                          latency { scan = 1s, join = 2s, lease = 3s, reconnect = 4s }
                          access-points = [
                            { ssid = A, password = "correct horse" }
                            { ssid = "hex:ff00", channel = 36, rssi = -70, bssid = "02:00:00:00:00:aa", admission = nobody }
                          ]
                        }
                        """)).getInstance(SimulatedWlanOptions.class);

        assertThat(options.name()).isEqualTo("wlan0");
        assertThat(options.profile()).isEqualTo(SimulatedProfile.CANMV);
        assertThat(options.leases())
                .containsExactly(StrictWlan.address("127.0.0.5/8"), StrictWlan.address("10.0.0.1/16"));
        assertThat(options.latencies())
                .isEqualTo(new SimulatedLatencies(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(4)));
        assertThat(options.accessPoints())
                .extracting(SimulatedAccessPoint::admission)
                .containsExactly(Admission.BY_KEY, Admission.NOBODY);
        assertThat(options.accessPoints())
                .extracting(point -> point.seen().toString())
                .containsExactly(
                        "AccessPoint[ssid=A, bssid=02:00:00:00:00:01, channel=6, rssi=-40, security=WPA2]",
                        "AccessPoint[ssid=hex:ff00, bssid=02:00:00:00:00:aa, channel=36, rssi=-70, security=OPEN]");
    }

    @Test
    void aLossAndAReturnAtAnotherAddressAreConfigurationAlone() {
        List<StationState> states = life(device("""
                        sim.faults = [{ at = 3s, do = lose }, { at = 5s, do = return, address = 127.0.0.2 }]
                        backoff.jitter = 0
                        """), Duration.ofSeconds(10));

        assertThat(states).hasAtLeastOneElementOfType(Lost.class).endsWith(new Up(StrictWlan.address("127.0.0.2/8")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ssid = A, sim.access-points = [{ ssid = A, password = another-key }] | Failed[why=WRONG_KEY]",
                "ssid = A, sim.access-points = [{ ssid = B }] | Retrying[why=NOT_FOUND, attempt=2, delay=PT1S]",
                "sim.faults = [{ at = 0s, do = stop-dhcp }] | Retrying[why=NO_LEASE, attempt=2, delay=PT1S]",
                "ssid = A, sim.access-points = [{ ssid = A, admission = nobody }] | Retrying[why=REFUSED, attempt=2, delay=PT1S]"
            })
    void everyWayToFailIsConfigurationAlone(String settings, String expected) {
        List<StationState> states =
                life(device("lease-timeout = 100ms, backoff.jitter = 0, " + settings), Duration.ofMillis(500));

        assertThat(states).last().hasToString(expected);
        assertThat(states).noneMatch(state -> state instanceof Retrying retrying && retrying.attempt() > 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ssid = \"a name that is much longer than an SSID may be\" | edgewire.device.ssid",
                "ssid = \"hex:0\" | hex: and up to 32 pairs",
                "poll-interval = 500 | edgewire.device.poll-interval",
                "poll-interval = 5ms | 10ms",
                "address = none | dhcp, or an address",
                "address = 0.0.0.0 | dhcp, or an address",
                "gateway = router | edgewire.device.gateway",
                "backoff { first = 2s, cap = 1s } | cap is PT1S",
                "backoff.jitter = 2 | jitter",
                "sim.profile = perfect | ideal, canmv",
                "sim.leases = [] | at least one",
                "sim.leases = [nowhere] | 192.168.1.20/24",
                "sim.faults = [{ at = 3s, do = explode }] | lose, return",
                "sim.faults = [{ at = 3s, do = readdress }] | needs an address",
                "sim.faults = [{ at = 3s, do = lose, address = 127.0.0.2 }] | takes no address",
                "sim.faults = [{ at = 3s, do = lose, adress = 127.0.0.2 }] | did you mean",
                "sim.access-points = [{ ssid = A, pasword = x }] | did you mean",
                "sim.access-points = [{ ssid = A, password = short }] | 5 characters",
                "sim.access-points = [{ ssid = A, bssid = x }] | 02:00:00:00:00:01",
                "sim.access-points = [{ ssid = A, channel = 0 }] | 1 to 233",
                "host.address = everywhere | edgewire.device.host.address",
                "host.interfaces = eth0 | did you mean edgewire.device.host.interface"
            })
    void everyFaultNamesItsKeyAndWhatIsAllowed(String settings, String expected) {
        assertThatThrownBy(() -> injector(device(settings))).hasMessageContaining(expected);
    }

    @Test
    void aKeyThatIsTooShortIsNotInTheMessage() {
        assertThatThrownBy(() -> injector(device("sim.access-points = [{ ssid = A, password = sesame }]")))
                .satisfies(failure -> {
                    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                        assertThat(cause.toString()).doesNotContain("sesame");
                    }
                });
    }

    @Test
    void aPasswordFileThatIsNotThereIsAFaultOfTheConfiguration() {
        assertThatThrownBy(() -> EdgewireInjector.get(
                        injector(device("password-file = /nowhere/key")), io.edgewire.api.wlan.Credentials.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("the network's key cannot be had: the password file /nowhere/key does not exist"
                        + " (edgewire.device.password-file)");
    }
}
