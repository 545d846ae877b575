package io.edgewire.testkit.wlan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.edgewire.api.Registration;
import io.edgewire.api.wlan.AccessPoint;
import io.edgewire.api.wlan.Capabilities.Capability;
import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.JoinFailure;
import io.edgewire.api.wlan.LinkState;
import io.edgewire.api.wlan.Ssid;
import io.edgewire.api.wlan.WlanDevice;
import io.edgewire.api.wlan.WlanException;
import io.edgewire.testkit.Rule;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract test of a WLAN device: D-1 to D-14 of {@code docs/spec/device.md}. Extend it and supply an environment.
 */
public abstract class WlanDeviceTck {
    private static final Ssid HOME = Ssid.parse("Home");
    private static final String KEY = "a key of Home";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** How much later than its limit a call may return. */
    private static final Duration DELAY = Duration.ofSeconds(1);

    private final ExecutorService blocking = Executors.newCachedThreadPool();
    private WlanEnvironment env;
    private WlanDevice device;

    /** For subclasses. */
    protected WlanDeviceTck() {}

    /** The world of one test. */
    protected abstract WlanEnvironment newEnvironment();

    @BeforeEach
    void openEnvironment() {
        env = newEnvironment();
        device = env.newDevice();
    }

    @AfterEach
    void closeEnvironment() {
        call(device::close);
        blocking.shutdownNow();
        env.close();
    }

    @Test
    @Rule("D-1")
    void createdIsNotStarted() {
        assertThat(env.touched()).isFalse();
        assertThat(device.link()).isEqualTo(LinkState.DOWN);
        assertThat(device.ifconfig()).isEqualTo(IfConfig.NONE);
    }

    @Test
    @Rule("D-2")
    void questionsAreAnsweredWhileAnotherCallIsUnderWay() {
        Credentials nowhere = credentials(Ssid.parse("nowhere"), KEY);
        Future<?> joining = blocking.submit(() -> device.connect(nowhere, LIMIT));

        assertThat(device.info().name()).isNotEmpty();
        assertThat(device.capabilities().all()).isNotNull();
        assertThat(device.link().isUp()).isFalse();
        assertThat(device.ifconfig().hasAddress()).isFalse();

        env.await().until("connect returns", joining::isDone);
    }

    @Test
    @Rule("D-3")
    void aNetworkThatIsJoinedIsUpAndGivesAnAddress() {
        joinHome();

        assertThat(device.link()).isEqualTo(LinkState.UP);
        assertThat(device.ifconfig().prefixLength()).isPositive();
    }

    @Test
    @Rule("D-3")
    void withoutDhcpItIsUpWithoutAnAddress() {
        env.add(ScriptedAccessPoint.of(HOME, KEY));
        env.stopDhcp();

        connect(HOME, KEY);
        awaitUp();
        env.await().settle();

        assertThat(device.ifconfig().hasAddress()).isFalse();
    }

    @Test
    @Rule("D-4")
    void aWrongKeyIsToldAsFarAsTheBoardCan() {
        env.add(ScriptedAccessPoint.of(HOME, KEY));

        connect(HOME, "some other key");

        awaitFailure(JoinFailure.WRONG_KEY);
    }

    @Test
    @Rule("D-4")
    void aMissingAccessPointIsToldAsFarAsTheBoardCan() {
        env.add(ScriptedAccessPoint.of(HOME, KEY));

        connect(Ssid.parse("Elsewhere"), KEY);

        awaitFailure(JoinFailure.NOT_FOUND);
    }

    @Test
    @Rule("D-4")
    void aRefusalIsToldAsFarAsTheBoardCan() {
        env.add(ScriptedAccessPoint.of(HOME, KEY).refusing());

        connect(HOME, KEY);

        awaitFailure(JoinFailure.REFUSED);
    }

    @Test
    @Rule("D-5")
    void connectReturnsWithinItsLimitAndTheAttemptEnds() {
        Duration limit = Duration.ofMillis(1);
        env.lose();
        env.add(ScriptedAccessPoint.of(HOME, KEY));
        long before = env.clock().nanos();

        call(() -> device.connect(credentials(HOME, KEY), limit));

        assertThat(Duration.ofNanos(env.clock().nanos() - before)).isLessThan(limit.plus(DELAY));
        env.await().until("the attempt has ended", () -> device.link().phase() != LinkState.Phase.JOINING);
    }

    @Test
    @Rule("D-6")
    void disconnectLeavesTakesTheAddressAwayAndLasts() {
        joinHome();

        call(device::disconnect);

        env.await().until("the link is down", () -> !device.link().isUp());
        env.await().until("the address is gone", () -> !device.ifconfig().hasAddress());
        env.await().settle();
        assertThat(device.link().isUp()).isFalse();
        assertThat(device.ifconfig().hasAddress()).isFalse();
    }

    @Test
    @Rule("D-6")
    void disconnectWithoutANetworkIsHarmlessAndConnectWorksAfterwards() {
        call(device::disconnect);
        call(device::disconnect);

        joinHome();
    }

    @Test
    @Rule("D-7")
    void theLossOfTheAccessPointShows() {
        joinHome();

        env.lose();

        env.await()
                .until(
                        "link or address is gone",
                        () -> !device.link().isUp() || !device.ifconfig().hasAddress());
    }

    @Test
    @Rule("D-8")
    void aScanListsAccessPointsStrongestFirst() {
        env.add(ScriptedAccessPoint.open(Ssid.parse("far")).withRssi(-80));
        env.add(ScriptedAccessPoint.of(HOME, KEY).withRssi(-30));
        env.add(ScriptedAccessPoint.open(Ssid.parse("middle")).withRssi(-55));
        long before = env.clock().nanos();

        List<AccessPoint> found = answer(() -> device.scan(LIMIT));

        assertThat(Duration.ofNanos(env.clock().nanos() - before)).isLessThan(LIMIT.plus(DELAY));
        if (has(Capability.SCAN)) {
            assertThat(found).extracting(AccessPoint::ssid).contains(HOME);
            assertThat(found)
                    .isSortedAccordingTo(
                            Comparator.comparingInt(AccessPoint::rssi).reversed());
        } else {
            assertThat(found).isEmpty();
        }
    }

    @Test
    @Rule("D-9")
    void aFixedAddressHoldsUntilDhcpIsAskedAgain() throws UnknownHostException {
        IfConfig fixed = IfConfig.of(InetAddress.getByAddress(new byte[] {10, 9, 8, 7}), 24);
        if (!has(Capability.FIXED_ADDRESS)) {
            assertThat(catchThrowable(() -> call(() -> device.useFixedAddress(fixed))))
                    .hasRootCauseInstanceOf(WlanException.class);
            return;
        }
        call(() -> device.useFixedAddress(fixed));
        joinHome();
        assertThat(device.ifconfig().address()).isEqualTo(fixed.address());

        env.lose();
        env.await().until("the link is down", () -> !device.link().isUp());
        env.comeBack();
        connect(HOME, KEY);
        awaitUp();
        env.await().until("the address is back", () -> device.ifconfig().hasAddress());
        assertThat(device.ifconfig().address()).isEqualTo(fixed.address());

        call(device::useDhcp);
        env.await().until("DHCP has answered", () -> leasedOtherThan(fixed));
    }

    @Test
    @Rule("D-10")
    void changesAreSignalledWhereTheBoardCanAndNowhereElse() {
        AtomicInteger wakes = new AtomicInteger();
        Registration registration = device.onChange(wakes::incrementAndGet);
        joinHome();
        int joined = wakes.get();
        env.lose();
        env.await().until("the link is down", () -> !device.link().isUp());
        int lost = wakes.get();

        if (has(Capability.SIGNALS_CHANGES)) {
            assertThat(joined).isPositive();
            assertThat(lost).isGreaterThan(joined);
        } else {
            assertThat(lost).isZero();
        }
        registration.close();
        registration.close();
        env.comeBack();
        joinAgain();
        assertThat(wakes).hasValue(lost);
    }

    @Test
    @Rule("D-11")
    void afterCloseEverythingElseTellsThatItIsClosed() {
        joinHome();

        call(device::close);
        call(device::close);

        List<Runnable> others = List.of(
                device::info,
                device::capabilities,
                device::link,
                device::ifconfig,
                device::disconnect,
                device::useDhcp,
                () -> device.useFixedAddress(IfConfig.NONE),
                () -> device.connect(credentials(HOME, KEY), LIMIT),
                () -> device.scan(LIMIT),
                () -> device.onChange(() -> {}));
        assertThat(others)
                .allSatisfy(other -> assertThatThrownBy(other::run)
                        .isInstanceOfSatisfying(
                                WlanException.class, e -> assertThat(e.kind()).isEqualTo(WlanException.Kind.CLOSED)));
    }

    /** Names and keys that break what quotes badly. */
    static Stream<ScriptedAccessPoint> awkwardNetworks() {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 37 + 128);
        }
        return Stream.of(
                ScriptedAccessPoint.of(Ssid.of(bytes), "plain key"),
                ScriptedAccessPoint.of(Ssid.parse("咖啡馆"), "密码密码密码密码"),
                ScriptedAccessPoint.of(Ssid.parse("it's \"quoted\" \\ here"), "a 'key' \"with\" \\ $(all)"),
                ScriptedAccessPoint.of(Ssid.parse(" spaces "), "  leading and trailing  "),
                ScriptedAccessPoint.of(Ssid.parse("longest"), "x".repeat(63)),
                ScriptedAccessPoint.of(Ssid.parse("psk"), "0123456789abcdef".repeat(4)),
                ScriptedAccessPoint.open(Ssid.parse("open")));
    }

    @ParameterizedTest
    @MethodSource
    @Rule("D-12")
    void awkwardNetworks(ScriptedAccessPoint network) {
        env.add(network);

        call(() -> device.connect(network.admits(), LIMIT));

        awaitUp();
    }

    @Test
    @Rule("D-13")
    void theKeyIsInNothingThatIsTold() {
        String secret = "s3cr3t-and-wrong";
        env.add(ScriptedAccessPoint.of(HOME, KEY));
        connect(HOME, secret);
        env.await().until("the attempt has ended", () -> device.link().phase() == LinkState.Phase.DOWN);
        String told = device + " " + device.info() + " " + device.link() + " " + device.ifconfig();
        call(device::close);
        Throwable failure = catchThrowable(() -> device.connect(credentials(HOME, secret), LIMIT));

        assertThat(told).doesNotContain(secret);
        for (Throwable e = failure; e != null; e = e.getCause()) {
            assertThat(String.valueOf(e)).doesNotContain(secret);
        }
    }

    @Test
    @Rule("D-14")
    void theCredentialsAreNotNeededAfterConnectHasReturned() {
        env.add(ScriptedAccessPoint.of(HOME, KEY));
        Credentials lent = credentials(HOME, KEY);

        call(() -> device.connect(lent, LIMIT));
        lent.close();

        awaitUp();
        env.await().until("there is an address", () -> device.ifconfig().hasAddress());
    }

    private void joinHome() {
        env.add(ScriptedAccessPoint.of(HOME, KEY));
        joinAgain();
    }

    private void joinAgain() {
        connect(HOME, KEY);
        awaitUp();
        env.await().until("there is an address", () -> device.ifconfig().hasAddress());
    }

    private void connect(Ssid ssid, String key) {
        call(() -> device.connect(credentials(ssid, key), LIMIT));
    }

    private static Credentials credentials(Ssid ssid, String key) {
        return Credentials.of(ssid, key.toCharArray());
    }

    private void awaitUp() {
        env.await().until("the link is up", () -> device.link().isUp());
    }

    private void awaitFailure(JoinFailure exact) {
        env.await()
                .until("the attempt has failed", () -> device.link().failure().isPresent());
        JoinFailure wanted = has(Capability.TELLS_WHY) ? exact : JoinFailure.UNKNOWN;
        assertThat(device.link()).isEqualTo(LinkState.failed(wanted));
    }

    private boolean leasedOtherThan(IfConfig fixed) {
        IfConfig now = device.ifconfig();
        return now.hasAddress() && !now.address().equals(fixed.address());
    }

    private boolean has(Capability capability) {
        return device.capabilities().has(capability);
    }

    /** Makes a call that may block, while time passes. */
    private void call(Runnable blockingCall) {
        answer(() -> {
            blockingCall.run();
            return List.of();
        });
    }

    private <T> T answer(Callable<T> blockingCall) {
        Future<T> future = blocking.submit(blockingCall);
        env.await().until("a call of the device returns", future::isDone);
        try {
            return future.get();
        } catch (Exception e) {
            throw new AssertionError("a call of the device failed", e);
        }
    }
}
