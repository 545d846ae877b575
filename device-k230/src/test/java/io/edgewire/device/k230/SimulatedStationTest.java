package io.edgewire.device.k230;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.JoinFailure;
import io.edgewire.api.wlan.Ssid;
import io.edgewire.api.wlan.StationState;
import io.edgewire.api.wlan.StationState.Acquiring;
import io.edgewire.api.wlan.StationState.Associating;
import io.edgewire.api.wlan.StationState.Down;
import io.edgewire.api.wlan.StationState.Failed;
import io.edgewire.api.wlan.StationState.LossCause;
import io.edgewire.api.wlan.StationState.Lost;
import io.edgewire.api.wlan.StationState.Retrying;
import io.edgewire.api.wlan.StationState.Up;
import io.edgewire.device.k230.SimulatedFault.Action;
import io.edgewire.testkit.ManualScheduler;
import io.edgewire.testkit.Rule;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A station on a simulated board: whole lives in virtual time, on the board of each profile where it matters. */
class SimulatedStationTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final char[] KEY = "correct horse".toCharArray();
    private static final SimulatedAccessPoint WORKSHOP = SimulatedAccessPoint.of(Life.SSID, KEY);

    private final ManualScheduler scheduler = new ManualScheduler();
    private final Turnstile turnstile = new Turnstile();
    private SimulatedWlan board;

    private Life life(SimulatedWlanOptions options, Credentials credentials, StationOptions station) {
        board = new SimulatedWlan(options, scheduler, turnstile);
        return new Life(scheduler, board, credentials, station, turnstile);
    }

    private Life life(SimulatedWlanOptions options) {
        return life(options, Credentials.of(Life.SSID, KEY), Life.OPTIONS);
    }

    private static SimulatedWlanOptions workshop(SimulatedProfile profile) {
        return SimulatedWlanOptions.DEFAULTS
                .withProfile(profile)
                .withAccessPoints(WORKSHOP)
                .withLeases(StrictWlan.FIRST);
    }

    @Test
    void theIdealBoardIsUpWithinFiftyMillisecondsWithoutANameOrAKey() {
        Life life = life(SimulatedWlanOptions.DEFAULTS, Credentials.open(Ssid.parse("")), StationOptions.DEFAULTS);
        life.station.join();
        life.after(Duration.ofMillis(50));

        assertThat(life.states)
                .containsExactly(
                        new Down(), new Associating(1), new Acquiring(), new Up(StrictWlan.address("127.0.0.1/8")));
    }

    @ParameterizedTest
    @EnumSource
    @Rule("S-3")
    void joinsANetworkWithAChineseName(SimulatedProfile profile) {
        Life life = life(workshop(profile)).join().after(SECOND);

        assertThat(life.states)
                .containsExactly(new Down(), new Associating(1), new Acquiring(), new Up(StrictWlan.FIRST));
    }

    @ParameterizedTest
    @EnumSource
    @Rule("S-5")
    void aWrongKeyIsFinalOnlyWhereTheBoardCanTell(SimulatedProfile profile) {
        Credentials wrong = Credentials.of(Life.SSID, "wrong horse".toCharArray());
        Life life = life(workshop(profile), wrong, Life.OPTIONS).join().after(Duration.ofMillis(200));

        StationState ideal = new Failed(JoinFailure.WRONG_KEY);
        StationState canmv = new Retrying(JoinFailure.UNKNOWN, 2, SECOND);
        assertThat(life.station.state()).isEqualTo(profile == SimulatedProfile.IDEAL ? ideal : canmv);
    }

    @ParameterizedTest
    @EnumSource
    @Rule("S-6")
    void aMissingAccessPointIsTriedAgainUntilItIsThere(SimulatedProfile profile) {
        Life life = life(workshop(profile));
        board.air().lose();
        life.join().after(Duration.ofSeconds(20));
        JoinFailure why = profile == SimulatedProfile.IDEAL ? JoinFailure.NOT_FOUND : JoinFailure.UNKNOWN;
        assertThat(life.states).contains(new Retrying(why, 4, Duration.ofSeconds(4)));

        board.air().comeBack();
        assertThat(life.after(Duration.ofSeconds(10)).station.state()).isEqualTo(new Up(StrictWlan.FIRST));
    }

    @ParameterizedTest
    @EnumSource
    @Rule("S-4")
    void aLeaseThatNeverComesIsToldAndTriedAgain(SimulatedProfile profile) {
        Life life = life(workshop(profile).withFaults(SimulatedFault.of(Duration.ZERO, Action.STOP_DHCP)))
                .join()
                .after(Duration.ofSeconds(4));
        assertThat(life.station.state()).isEqualTo(new Retrying(JoinFailure.NO_LEASE, 2, SECOND));

        board.air().startDhcp();
        assertThat(life.after(Duration.ofSeconds(10)).station.state()).isEqualTo(new Up(StrictWlan.FIRST));
    }

    @ParameterizedTest
    @EnumSource
    @Rule("S-9")
    void aLossAndAReturnAtTheSameAddress(SimulatedProfile profile) {
        Life life = life(workshop(profile)
                        .withFaults(
                                SimulatedFault.of(Duration.ofSeconds(3), Action.LOSE),
                                SimulatedFault.of(Duration.ofSeconds(5), Action.RETURN)))
                .join()
                .after(Duration.ofSeconds(2))
                .forget()
                .after(Duration.ofSeconds(13));

        assertThat(life.states).startsWith(new Lost(LossCause.LINK_DOWN), new Associating(1));
        assertThat(life.states).endsWith(new Acquiring(), new Up(StrictWlan.FIRST));
    }

    @ParameterizedTest
    @EnumSource
    @Rule("S-10")
    void aLossAndAReturnAtAnotherAddress(SimulatedProfile profile) {
        Life life = life(workshop(profile)
                        .withFaults(
                                SimulatedFault.of(Duration.ofSeconds(3), Action.LOSE),
                                SimulatedFault.of(Duration.ofSeconds(5), Action.RETURN, StrictWlan.SECOND)))
                .join()
                .after(Duration.ofSeconds(15));

        assertThat(life.station.state()).isEqualTo(new Up(StrictWlan.SECOND));
    }

    @ParameterizedTest
    @EnumSource
    @Rule("S-10")
    void anotherAddressOnTheSameLink(SimulatedProfile profile) {
        Life life = life(workshop(profile)).join().after(SECOND).forget();
        board.air().readdress(StrictWlan.SECOND);
        life.poll();

        assertThat(life.states)
                .containsExactly(
                        new Lost(LossCause.ADDRESS_CHANGED),
                        new Associating(1),
                        new Acquiring(),
                        new Up(StrictWlan.SECOND));
    }

    @Test
    @Rule("S-8")
    void aBoardThatSignalsNeedsNoPoll() {
        Life life = life(workshop(SimulatedProfile.IDEAL)).join().after(SECOND).forget();
        board.air().lose();

        assertThat(life.run().states).startsWith(new Lost(LossCause.LINK_DOWN));
    }

    @Test
    @Rule("S-9")
    void aBoardThatComesBackByItselfIsNotConnected() {
        Life life = life(workshop(SimulatedProfile.CANMV)).join().after(SECOND).forget();
        board.air().drop();
        life.after(Duration.ofSeconds(3));

        assertThat(life.states)
                .containsExactly(
                        new Lost(LossCause.LINK_DOWN), new Associating(1), new Acquiring(), new Up(StrictWlan.FIRST));
    }

    @ParameterizedTest
    @EnumSource
    void aFixedAddressIsKeptOrSetAgainAfterALoss(SimulatedProfile profile) {
        StationOptions fixed = Life.OPTIONS.withFixedAddress(StrictWlan.SECOND);
        Life life = life(workshop(profile), Credentials.of(Life.SSID, KEY), fixed)
                .join()
                .after(SECOND);
        assertThat(life.station.state()).isEqualTo(new Up(StrictWlan.SECOND));

        board.air().drop();
        life.forget().after(Duration.ofSeconds(5));
        assertThat(life.station.state()).isEqualTo(new Up(StrictWlan.SECOND));
        assertThat(life.states).contains(new Lost(LossCause.LINK_DOWN)).doesNotContain(new Up(StrictWlan.FIRST));
    }

    @ParameterizedTest
    @EnumSource
    @Rule("S-12")
    void leavingIsFinalForTheStationAlsoWhereItIsNotForTheBoard(SimulatedProfile profile) {
        Life life = life(workshop(profile)).join().after(SECOND);
        life.station.leave();
        life.after(Duration.ofSeconds(5));
        assertThat(life.station.state()).isEqualTo(new Down());
        assertThat(board.link().isUp()).isEqualTo(profile == SimulatedProfile.CANMV);

        assertThat(life.join().after(SECOND).station.state()).isEqualTo(new Up(StrictWlan.FIRST));
    }

    @ParameterizedTest
    @EnumSource
    @Rule("S-12")
    void leavingWhileTheBoardIsStillConnecting(SimulatedProfile profile) {
        Life life = life(workshop(profile)).join();
        life.station.leave();
        life.after(Duration.ofMinutes(1));

        assertThat(life.station.state()).isEqualTo(new Down());
        assertThat(life.deviceFailures()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @Rule("S-13")
    void closingWhileTheBoardIsStillConnecting(SimulatedProfile profile) {
        Life life = life(workshop(profile)).join();
        life.station.close();
        life.after(Duration.ofMinutes(1));

        assertThat(life.station.state()).isEqualTo(new Down());
        assertThat(life.deviceFailures()).isEmpty();
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void theCanMvBoardNeedsAName() {
        Life life = life(workshop(SimulatedProfile.CANMV), Credentials.open(Ssid.parse("")), Life.OPTIONS)
                .join();

        assertThat(life.station.state()).isEqualTo(new Failed(JoinFailure.DEVICE_FAILED));
        assertThat(life.deviceFailures()).singleElement().asString().contains("set an SSID");
    }
}
