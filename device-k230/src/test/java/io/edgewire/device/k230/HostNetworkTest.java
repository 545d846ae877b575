package io.edgewire.device.k230;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.JoinFailure;
import io.edgewire.api.wlan.LinkState;
import io.edgewire.api.wlan.StationState;
import io.edgewire.api.wlan.WlanException;
import io.edgewire.testkit.Rule;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostNetworkTest {
    private static final IfConfig LOOPBACK = StrictWlan.address("127.0.0.1/8");
    private static final IfConfig WIRED = StrictWlan.address("192.168.1.20/24");
    private static final IfConfig LINK_LOCAL = StrictWlan.address("fe80::1/64");
    private static final IfConfig GLOBAL = StrictWlan.address("2001:db8::1/64");

    private final List<HostInterface> interfaces = new ArrayList<>();

    private static HostInterface lo() {
        return new HostInterface("lo", true, true, Optional.empty(), List.of(StrictWlan.address("::1"), LOOPBACK));
    }

    private static HostInterface eth(String name, boolean up, IfConfig... addresses) {
        return new HostInterface(name, up, false, Optional.empty(), List.of(addresses));
    }

    private HostNetwork host(HostNetworkOptions options, HostInterface... present) {
        interfaces.addAll(List.of(present));
        return new HostNetwork(options, () -> List.copyOf(interfaces));
    }

    @Test
    void takesTheFirstIpv4AddressThatOthersCanReach() {
        HostNetwork host = host(
                HostNetworkOptions.DEFAULTS,
                lo(),
                eth("eth0", false, StrictWlan.SECOND),
                eth("eth1", true, LINK_LOCAL, GLOBAL, WIRED));

        assertThat(host.ifconfig()).isEqualTo(WIRED);
        assertThat(host.link()).isEqualTo(LinkState.UP);
        assertThat(host.info().name()).isEqualTo("eth1");
    }

    @Test
    void takesIpv6BeforeTheLoopbackButNeverALinkLocalAddress() {
        assertThat(host(HostNetworkOptions.DEFAULTS, lo(), eth("eth0", true, LINK_LOCAL, GLOBAL))
                        .ifconfig())
                .isEqualTo(GLOBAL);
        interfaces.clear();
        assertThat(host(HostNetworkOptions.DEFAULTS, eth("eth0", true, LINK_LOCAL), lo())
                        .ifconfig())
                .isEqualTo(LOOPBACK);
    }

    @Test
    void takesTheInterfaceThatWasNamed() {
        HostNetwork host =
                host(HostNetworkOptions.ofInterface("eth1"), lo(), eth("eth0", true, WIRED), eth("eth1", true, GLOBAL));

        assertThat(host.ifconfig()).isEqualTo(GLOBAL);
    }

    @Test
    void takesTheAddressThatWasNamedAlsoALinkLocalOne() {
        HostNetwork host =
                host(HostNetworkOptions.ofAddress(LINK_LOCAL.address()), lo(), eth("eth0", true, WIRED, LINK_LOCAL));

        assertThat(host.ifconfig()).isEqualTo(LINK_LOCAL);
    }

    @Test
    @Rule("D-7")
    void anInterfaceThatIsDownOrMissingIsALinkThatIsDown() {
        HostNetwork host = host(HostNetworkOptions.ofInterface("eth7"), lo(), eth("eth7", false, WIRED));

        assertThat(host.link()).isEqualTo(LinkState.failed(JoinFailure.NOT_FOUND));
        assertThat(host.ifconfig()).isEqualTo(IfConfig.NONE);
        interfaces.clear();
        assertThat(host.link()).isEqualTo(LinkState.failed(JoinFailure.NOT_FOUND));
        assertThat(host.info().name()).isEqualTo("eth7");
    }

    @Test
    void anInterfaceThatDoesNotExistIsNamedWithThoseThatDo() {
        HostNetwork host = host(HostNetworkOptions.ofInterface("eth7"), lo(), eth("eth0", true, WIRED));

        assertThatThrownBy(() -> host.connect(Credentials.open(Life.SSID), Duration.ofSeconds(1)))
                .isInstanceOf(WlanException.class)
                .hasMessageContaining("there is no interface eth7 on this machine, which has lo, eth0")
                .hasMessageContaining("edgewire.device.host.interface");
        interfaces.add(eth("eth7", false));
        host.connect(Credentials.open(Life.SSID), Duration.ofSeconds(1));
    }

    @Test
    void theAddressIsReadAnewByEachCallSoThatAStationFollowsIt() {
        HostNetwork host = host(HostNetworkOptions.DEFAULTS, eth("eth0", true, StrictWlan.FIRST));
        Life life = Life.of(host, Life.OPTIONS).join();
        assertThat(life.station.state()).isEqualTo(new StationState.Up(StrictWlan.FIRST));

        interfaces.set(0, eth("eth0", true, StrictWlan.SECOND));
        life.poll();
        assertThat(life.station.state()).isEqualTo(new StationState.Up(StrictWlan.SECOND));
        interfaces.set(0, eth("eth0", false, StrictWlan.SECOND));
        life.poll();
        assertThat(life.station.state()).isInstanceOf(StationState.Retrying.class);
    }

    @Test
    @Rule("D-8")
    @Rule("D-9")
    @Rule("D-10")
    void hasNoRadioAndSetsNoAddress() {
        HostNetwork host = host(HostNetworkOptions.DEFAULTS, lo());

        assertThat(host.scan(Duration.ofSeconds(1))).isEmpty();
        assertThatThrownBy(() -> host.useFixedAddress(WIRED))
                .isInstanceOfSatisfying(
                        WlanException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(WlanException.Kind.UNSUPPORTED));
        host.useDhcp();
        host.connect(Credentials.open(Life.SSID), Duration.ofSeconds(1));
        host.disconnect();
        assertThat(host.link()).isEqualTo(LinkState.UP);
    }

    @Test
    @Rule("D-11")
    void afterCloseItSaysSo() {
        HostNetwork host = host(HostNetworkOptions.DEFAULTS, lo());
        host.close();
        host.close();

        for (Runnable method : List.<Runnable>of(
                host::info, host::capabilities, host::link, host::ifconfig, host::disconnect, host::useDhcp)) {
            assertThatThrownBy(method::run).isInstanceOf(WlanException.class).hasMessageContaining("closed");
        }
    }

    @Test
    void findsThisMachinesLoopback() {
        HostNetwork host = new HostNetwork(HostNetworkOptions.ofAddress(InetAddress.getLoopbackAddress()));

        assertThat(host.link()).isEqualTo(LinkState.UP);
        assertThat(host.ifconfig().address()).isEqualTo(InetAddress.getLoopbackAddress());
        assertThat(host.ifconfig().prefixLength()).isPositive();
    }
}
