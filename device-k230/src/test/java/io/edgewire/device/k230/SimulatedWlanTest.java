package io.edgewire.device.k230;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.edgewire.device.k230.SimulatedAccessPoint.Admission;
import io.edgewire.testkit.ManualScheduler;
import io.edgewire.testkit.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedWlanTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration SETTLED = Duration.ofSeconds(1);
    private static final Ssid SSID = Ssid.parse("Workshop");
    private static final char[] KEY = "correct horse".toCharArray();
    private static final SimulatedWlanOptions OPTIONS = SimulatedWlanOptions.DEFAULTS
            .withAccessPoints(SimulatedAccessPoint.of(SSID, KEY))
            .withLeases(StrictWlan.FIRST, StrictWlan.SECOND);

    private final ManualScheduler scheduler = new ManualScheduler();
    private final Turnstile turnstile = new Turnstile();

    private SimulatedWlan board(SimulatedWlanOptions options) {
        return new SimulatedWlan(options, scheduler, turnstile);
    }

    /** A connect on a thread that may wait, and time for its outcome. */
    private void connect(WlanDevice board, Credentials credentials) {
        turnstile.execute(() -> board.connect(credentials, LIMIT));
        scheduler.advance(SETTLED);
    }

    private void connect(WlanDevice board) {
        connect(board, Credentials.of(SSID, KEY));
    }

    @Test
    @Rule("D-1")
    void nothingHappensBeforeConnect() {
        SimulatedWlan board = board(OPTIONS.withFaults(SimulatedFault.of(Duration.ZERO, SimulatedFault.Action.LOSE)));

        assertThat(scheduler.waiting()).isZero();
        assertThat(board.link()).isEqualTo(LinkState.DOWN);
        assertThat(board.ifconfig()).isEqualTo(IfConfig.NONE);
    }

    @Test
    @Rule("D-2")
    void linkAndAddressAreToldWhileConnectWaits() {
        SimulatedWlan board = board(OPTIONS.withProfile(SimulatedProfile.CANMV));
        List<String> returned = new ArrayList<>();
        turnstile.execute(() -> {
            board.connect(Credentials.of(SSID, KEY), LIMIT);
            returned.add("returned");
        });

        assertThat(board.link()).isEqualTo(LinkState.JOINING);
        assertThat(returned).isEmpty();
        scheduler.advance(SETTLED);
        assertThat(returned).containsExactly("returned");
        assertThat(board.link()).isEqualTo(LinkState.UP);
    }

    @ParameterizedTest
    @EnumSource
    @Rule("D-3")
    void joiningBringsALinkAndThenAnAddress(SimulatedProfile profile) {
        SimulatedWlan board = board(OPTIONS.withProfile(profile));
        turnstile.execute(() -> board.connect(Credentials.of(SSID, KEY), LIMIT));
        scheduler.advance(Duration.ofMillis(30));
        assertThat(board.link()).isEqualTo(LinkState.UP);
        assertThat(board.ifconfig()).isEqualTo(IfConfig.NONE);

        scheduler.advance(Duration.ofMillis(10));
        assertThat(board.ifconfig()).isEqualTo(StrictWlan.FIRST);
    }

    @ParameterizedTest
    @EnumSource
    @Rule("D-4")
    void tellsWhyAJoinFailedIfItCan(SimulatedProfile profile) {
        SimulatedAccessPoint strict =
                SimulatedAccessPoint.open(Ssid.parse("Strict")).withAdmission(Admission.NOBODY);
        SimulatedWlan board =
                board(OPTIONS.withProfile(profile).withAccessPoints(SimulatedAccessPoint.of(SSID, KEY), strict));
        boolean tells = profile == SimulatedProfile.IDEAL;

        connect(board, Credentials.of(SSID, "wrong horse".toCharArray()));
        assertThat(board.link()).isEqualTo(failed(tells, JoinFailure.WRONG_KEY));
        connect(board, Credentials.open(SSID));
        assertThat(board.link()).isEqualTo(failed(tells, JoinFailure.WRONG_KEY));
        connect(board, Credentials.of(Ssid.parse("Nowhere"), KEY));
        assertThat(board.link()).isEqualTo(failed(tells, JoinFailure.NOT_FOUND));
        connect(board, Credentials.open(Ssid.parse("Strict")));
        assertThat(board.link()).isEqualTo(failed(tells, JoinFailure.REFUSED));
    }

    private static LinkState failed(boolean tells, JoinFailure why) {
        return LinkState.failed(tells ? why : JoinFailure.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource
    @Rule("D-5")
    void connectEndsAtItsLimit(SimulatedProfile profile) {
        SimulatedWlan board = board(OPTIONS.withProfile(profile));
        AtomicInteger returned = new AtomicInteger();
        turnstile.execute(() -> {
            board.connect(Credentials.of(SSID, KEY), Duration.ofMillis(15));
            returned.incrementAndGet();
        });
        scheduler.advance(Duration.ofMillis(15));

        assertThat(returned).hasValue(1);
        assertThat(board.link()).isEqualTo(failed(profile == SimulatedProfile.IDEAL, JoinFailure.TIMED_OUT));
        scheduler.advance(SETTLED);
        assertThat(board.link().isUp()).isFalse();
    }

    @Test
    @Rule("D-6")
    void theIdealBoardStaysAway() {
        SimulatedWlan board = board(OPTIONS);
        board.disconnect();
        connect(board);
        board.disconnect();
        scheduler.advance(Duration.ofMinutes(1));

        assertThat(board.link()).isEqualTo(LinkState.DOWN);
        assertThat(board.ifconfig()).isEqualTo(IfConfig.NONE);
    }

    @Test
    void theCanMvBoardComesBackAfterDisconnectUnlessToldNotTo() {
        SimulatedWlan board = board(OPTIONS.withProfile(SimulatedProfile.CANMV));
        connect(board);
        board.disconnect();
        assertThat(board.link().isUp()).isFalse();
        scheduler.advance(Duration.ofSeconds(3));
        assertThat(board.link().isUp()).isTrue();

        board.autoReconnect(false);
        board.disconnect();
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(board.link().isUp()).isFalse();
    }

    @Test
    void theCanMvBoardNeverRepeatsAFirstConnectThatFailed() {
        SimulatedWlan board = board(OPTIONS.withProfile(SimulatedProfile.CANMV));
        board.air().lose();
        connect(board);
        board.air().comeBack();
        scheduler.advance(Duration.ofMinutes(1));

        assertThat(board.link()).isEqualTo(LinkState.failed(JoinFailure.UNKNOWN));
    }

    @Test
    void theCanMvBoardScansThriceForAMissingName() {
        SimulatedWlan board = board(OPTIONS.withProfile(SimulatedProfile.CANMV));
        turnstile.execute(() -> board.connect(Credentials.open(Ssid.parse("Nowhere")), LIMIT));
        scheduler.advance(Duration.ofMillis(29));
        assertThat(board.link()).isEqualTo(LinkState.JOINING);
        scheduler.advance(Duration.ofMillis(1));
        assertThat(board.link().failure()).contains(JoinFailure.UNKNOWN);
    }

    @Test
    void connectingToTheNetworkThatItIsOnReturnsAtOnce() {
        SimulatedWlan board = board(OPTIONS.withProfile(SimulatedProfile.CANMV));
        connect(board);
        turnstile.execute(() -> board.connect(Credentials.of(SSID, KEY), LIMIT));

        assertThat(board.ifconfig()).isEqualTo(StrictWlan.FIRST);
    }

    @ParameterizedTest
    @EnumSource
    @Rule("D-7")
    void aLossTakesLinkAndAddress(SimulatedProfile profile) {
        SimulatedWlan board = board(OPTIONS.withProfile(profile));
        connect(board);
        board.air().remove(SSID);

        assertThat(board.link()).isEqualTo(LinkState.DOWN);
        assertThat(board.ifconfig()).isEqualTo(IfConfig.NONE);
    }

    @ParameterizedTest
    @EnumSource
    @Rule("D-8")
    void aScanListsTheStrongestFirst(SimulatedProfile profile) {
        SimulatedAccessPoint far = SimulatedAccessPoint.open(Ssid.parse("远")).withRssi(-80);
        SimulatedAccessPoint near = SimulatedAccessPoint.open(Ssid.parse("近")).withRssi(-30);
        SimulatedWlan board = board(OPTIONS.withProfile(profile).withAccessPoints(far, near));
        List<AccessPoint> seen = new ArrayList<>();
        turnstile.execute(() -> seen.addAll(board.scan(LIMIT)));
        scheduler.advance(SETTLED);

        assertThat(seen).containsExactly(near.seen(), far.seen());
    }

    @Test
    @Rule("D-8")
    void aScanThatBlocksEndsAtItsLimit() {
        SimulatedWlan board = board(OPTIONS.withProfile(SimulatedProfile.CANMV));
        List<AccessPoint> seen = new ArrayList<>();
        turnstile.execute(() -> seen.addAll(board.scan(Duration.ofMillis(5))));
        assertThat(seen).isEmpty();
        scheduler.advance(Duration.ofMillis(5));

        assertThat(seen).hasSize(1);
    }

    @Test
    @Rule("D-9")
    void theIdealBoardKeepsAFixedAddressUntilDhcpIsAskedAgain() {
        SimulatedWlan board = board(OPTIONS);
        board.useFixedAddress(StrictWlan.SECOND);
        connect(board);
        assertThat(board.ifconfig()).isEqualTo(StrictWlan.SECOND);
        board.air().drop();
        connect(board);
        assertThat(board.ifconfig()).isEqualTo(StrictWlan.SECOND);

        board.useDhcp();
        scheduler.advance(SETTLED);
        assertThat(board.ifconfig()).isEqualTo(StrictWlan.FIRST);
    }

    @Test
    void theCanMvBoardForgetsAFixedAddressWhenItAssociates() {
        SimulatedWlan board = board(OPTIONS.withProfile(SimulatedProfile.CANMV));
        connect(board);
        board.useFixedAddress(StrictWlan.address("10.0.0.7/24"));
        assertThat(board.ifconfig()).isEqualTo(StrictWlan.address("10.0.0.7/24"));
        board.air().drop();
        scheduler.advance(Duration.ofSeconds(3));

        assertThat(board.ifconfig()).isEqualTo(StrictWlan.SECOND);
    }

    @Test
    @Rule("D-10")
    void aBoardThatSignalsCallsAfterEachChangeUntilTheRegistrationIsClosed() {
        SimulatedWlan board = board(OPTIONS);
        List<LinkState.Phase> seen = new ArrayList<>();
        Registration registration = board.onChange(() -> seen.add(board.link().phase()));
        connect(board);
        board.air().drop();
        assertThat(seen)
                .containsExactly(LinkState.Phase.JOINING, LinkState.Phase.UP, LinkState.Phase.UP, LinkState.Phase.DOWN);

        registration.close();
        connect(board);
        assertThat(seen).hasSize(4);
    }

    @Test
    @Rule("D-10")
    void aBoardThatCannotSignalNeverCalls() {
        SimulatedWlan board = board(OPTIONS.withProfile(SimulatedProfile.CANMV));
        AtomicInteger calls = new AtomicInteger();
        board.onChange(calls::incrementAndGet);
        connect(board);
        board.disconnect();

        assertThat(board.capabilities().has(Capability.SIGNALS_CHANGES)).isFalse();
        assertThat(calls).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource
    @Rule("D-11")
    void afterCloseEveryMethodSaysSo(SimulatedProfile profile) {
        SimulatedWlan board = board(OPTIONS.withProfile(profile));
        connect(board);
        board.close();
        board.close();
        List<Consumer<WlanDevice>> methods = List.of(
                WlanDevice::info,
                WlanDevice::capabilities,
                WlanDevice::link,
                WlanDevice::ifconfig,
                WlanDevice::useDhcp,
                WlanDevice::disconnect,
                device -> device.useFixedAddress(StrictWlan.FIRST),
                device -> device.connect(Credentials.open(SSID), LIMIT),
                device -> device.scan(LIMIT),
                device -> device.onChange(() -> {}));

        for (Consumer<WlanDevice> method : methods) {
            assertThatThrownBy(() -> method.accept(board))
                    .isInstanceOfSatisfying(
                            WlanException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(WlanException.Kind.CLOSED));
        }
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    @Rule("D-11")
    void closeReleasesACallThatWaits() {
        SimulatedWlan board = board(OPTIONS.withProfile(SimulatedProfile.CANMV));
        AtomicInteger returned = new AtomicInteger();
        turnstile.execute(() -> {
            board.connect(Credentials.of(SSID, KEY), LIMIT);
            returned.incrementAndGet();
        });
        board.close();

        assertThat(returned).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eight888",
                "with spaces and 'quotes' \"too\"",
                "密码密码密码密码",
                "sixty-three characters long, which is the longest that is legal",
                "0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789abcdef"
            })
    @Rule("D-12")
    void keysAreTakenAsTheyAre(String key) {
        Ssid odd = Ssid.of(new byte[] {(byte) 0xff, 0, '"', '\'', (byte) 0xe5});
        for (SimulatedProfile profile : SimulatedProfile.values()) {
            SimulatedWlan board = board(
                    OPTIONS.withProfile(profile).withAccessPoints(SimulatedAccessPoint.of(odd, key.toCharArray())));
            connect(board, Credentials.of(odd, key.toCharArray()));
            assertThat(board.link()).isEqualTo(LinkState.UP);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Rule("D-14")
    void theCredentialsAreNotNeededAfterConnect(SimulatedProfile profile) {
        SimulatedWlan board = board(OPTIONS.withProfile(profile));
        Credentials credentials = Credentials.of(SSID, KEY);
        turnstile.execute(() -> {
            board.connect(credentials, LIMIT);
            credentials.close();
        });
        scheduler.advance(SETTLED);
        assertThat(board.link()).isEqualTo(LinkState.UP);

        board.air().drop();
        scheduler.advance(Duration.ofSeconds(3));
        assertThat(board.link().isUp()).isEqualTo(profile == SimulatedProfile.CANMV);
    }

    @Test
    void leasesAreGivenInTurnAndTheLastOneStays() {
        SimulatedWlan board = board(OPTIONS);
        List<IfConfig> leased = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            connect(board);
            leased.add(board.ifconfig());
            board.disconnect();
        }

        assertThat(leased).containsExactly(StrictWlan.FIRST, StrictWlan.SECOND, StrictWlan.SECOND);
    }

    @Test
    void anInterruptEndsTheWaitAndIsKept() throws InterruptedException {
        SimulatedWlan board = new SimulatedWlan(OPTIONS.withProfile(SimulatedProfile.CANMV), scheduler);
        List<Object> seen = new ArrayList<>();
        Thread caller = new Thread(() -> {
            Thread.currentThread().interrupt();
            try {
                board.connect(Credentials.of(SSID, KEY), LIMIT);
            } catch (WlanException e) {
                seen.add(e.kind());
                seen.add(Thread.currentThread().isInterrupted());
            }
        });
        caller.start();
        caller.join(10_000);

        assertThat(seen).containsExactly(WlanException.Kind.FAILED, true);
    }
}
