package io.edgewire.device.k230;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.edgewire.api.Registration;
import io.edgewire.api.event.LinkEvent;
import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.JoinFailure;
import io.edgewire.api.wlan.LinkState;
import io.edgewire.api.wlan.StationState;
import io.edgewire.api.wlan.StationState.Acquiring;
import io.edgewire.api.wlan.StationState.Associating;
import io.edgewire.api.wlan.StationState.Down;
import io.edgewire.api.wlan.StationState.Failed;
import io.edgewire.api.wlan.StationState.LossCause;
import io.edgewire.api.wlan.StationState.Lost;
import io.edgewire.api.wlan.StationState.Retrying;
import io.edgewire.api.wlan.StationState.Up;
import io.edgewire.testkit.ManualExecutor;
import io.edgewire.testkit.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a station joins, leaves and ends, and what it tells. */
class StationRulesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MILLI = Duration.ofMillis(1);

    private final StrictWlan device = new StrictWlan();

    @Test
    @Rule("S-1")
    void nothingHappensBeforeJoin() {
        device.goUp(StrictWlan.FIRST);
        Life life = Life.of(device, Life.OPTIONS).after(SECOND);

        assertThat(life.states).containsExactly(new Down());
        assertThat(device.calls).isEmpty();
        assertThat(device.wakes).isEmpty();
        assertThat(life.scheduler.waiting()).isZero();
    }

    @Test
    @Rule("S-2")
    void connectIsCalledOnTheExecutorAndNotOnTheScheduler() {
        ManualExecutor executor = new ManualExecutor();
        Life life = Life.of(device, Life.OPTIONS, executor).join();

        assertThat(life.station.state()).isEqualTo(new Associating(1));
        assertThat(device.calls).isEmpty();
        executor.runNext();
        assertThat(device.calls).containsExactly("connect");
    }

    @Test
    @Rule("S-3")
    void neitherTheLinkNorAnAddressAloneIsUp() {
        device.onConnect = () -> {
            device.link = LinkState.JOINING;
            device.ifconfig = StrictWlan.FIRST;
        };
        Life life = Life.of(device, Life.OPTIONS).join();
        assertThat(life.names()).doesNotContain("Up", "Acquiring");

        device.link = LinkState.UP;
        device.ifconfig = IfConfig.NONE;
        life.poll();
        assertThat(life.station.state()).isEqualTo(new Acquiring());

        device.ifconfig = StrictWlan.FIRST;
        life.poll();
        assertThat(life.station.state()).isEqualTo(new Up(StrictWlan.FIRST));
    }

    @Test
    @Rule("S-4")
    void withoutALeaseInTimeItLeavesAndTriesAgain() {
        device.onConnect = () -> device.goUp(IfConfig.NONE);
        Life life = Life.of(device, Life.OPTIONS).join();

        life.after(Life.OPTIONS.leaseTimeout().minus(MILLI));
        assertThat(life.station.state()).isEqualTo(new Acquiring());
        life.after(MILLI);
        assertThat(life.station.state()).isEqualTo(new Retrying(JoinFailure.NO_LEASE, 2, SECOND));
        assertThat(device.calls).containsExactly("connect", "disconnect");
        life.after(SECOND);
        assertThat(device.calls).containsExactly("connect", "disconnect", "connect");
    }

    @Test
    @Rule("S-5")
    void aWrongKeyIsFinalUntilTheNextJoin() {
        device.onConnect = () -> device.goDown(JoinFailure.WRONG_KEY);
        Life life = Life.of(device, Life.OPTIONS).join().after(Duration.ofHours(1));

        assertThat(life.states).containsExactly(new Down(), new Associating(1), new Failed(JoinFailure.WRONG_KEY));
        assertThat(device.connects()).isEqualTo(1);
        assertThat(life.scheduler.waiting()).isZero();
        life.join();
        assertThat(device.connects()).isEqualTo(2);
    }

    @Test
    @Rule("S-6")
    void otherFailuresAreTriedAgainAfterABackOffThatDoublesUpToItsCap() {
        device.onConnect = () -> device.goDown(JoinFailure.NOT_FOUND);
        Life life = Life.of(device, Life.OPTIONS).join().after(Duration.ofSeconds(30));

        assertThat(life.states.stream()
                        .filter(Retrying.class::isInstance)
                        .map(state -> ((Retrying) state).delay().toSeconds()))
                .containsExactly(1L, 2L, 4L, 8L, 8L, 8L);
        assertThat(device.connects()).isEqualTo(6);
        life.after(SECOND);
        assertThat(device.connects()).isEqualTo(7);
    }

    @Test
    @Rule("S-6")
    void aLimitOfAttemptsEndsInFailed() {
        device.onConnect = () -> device.goDown(JoinFailure.UNKNOWN);
        Life life = Life.of(device, Life.OPTIONS.withMaxAttempts(2)).join().after(Duration.ofHours(1));

        assertThat(life.states)
                .containsExactly(
                        new Down(),
                        new Associating(1),
                        new Retrying(JoinFailure.UNKNOWN, 2, SECOND),
                        new Associating(2),
                        new Failed(JoinFailure.UNKNOWN));
    }

    @Test
    @Rule("S-7")
    void connectIsNotCalledWhileTheLinkIsUp() {
        device.goUp(StrictWlan.FIRST);
        Life life = Life.of(device, Life.OPTIONS).join();

        assertThat(life.names()).containsExactly("Down", "Associating", "Acquiring", "Up");
        assertThat(device.calls).isEmpty();
    }

    @Test
    @Rule("S-7")
    void anAttemptOfTheBoardsOwnIsAwaited() {
        device.link = LinkState.JOINING;
        Life life = Life.of(device, Life.OPTIONS).join().after(SECOND);
        assertThat(device.calls).isEmpty();

        device.goDown();
        life.poll();
        assertThat(device.calls).containsExactly("connect");
    }

    @Test
    @Rule("S-12")
    void leaveEndsInDownAlsoWhileACallIsUnderWay() {
        ManualExecutor executor = new ManualExecutor();
        device.onConnect = () -> device.goUp(StrictWlan.FIRST);
        Life life = Life.of(device, Life.OPTIONS, executor).join();
        life.station.leave();
        life.run();
        assertThat(life.station.state()).isEqualTo(new Down());

        executor.runNext();
        life.run();
        executor.runNext();
        life.after(Duration.ofMinutes(1));
        assertThat(device.calls).containsExactly("connect", "disconnect");
        assertThat(life.station.state()).isEqualTo(new Down());
        assertThat(life.scheduler.waiting()).isZero();
    }

    @Test
    @Rule("S-12")
    void joinAfterLeaveStartsAnewOnceTheDeviceHasLeft() {
        ManualExecutor executor = new ManualExecutor();
        device.onConnect = () -> device.goUp(StrictWlan.FIRST);
        Life life = Life.of(device, Life.OPTIONS, executor).join();
        life.station.leave();
        life.join();
        assertThat(life.station.state()).isEqualTo(new Associating(1));

        while (executor.runNext()) {
            life.run();
        }
        assertThat(device.calls).containsExactly("connect", "disconnect", "connect");
        assertThat(life.station.state()).isEqualTo(new Up(StrictWlan.FIRST));
    }

    @Test
    @Rule("S-14")
    void observersHearEveryStateInOrderBeginningWithTheOneThatHolds() {
        Life life = Life.up(device);
        List<StationState> late = new ArrayList<>();
        Registration registration = life.station.observe(late::add);
        device.ifconfig = StrictWlan.SECOND;
        life.poll();
        assertThat(late)
                .containsExactly(
                        new Up(StrictWlan.FIRST),
                        new Lost(LossCause.ADDRESS_CHANGED),
                        new Associating(1),
                        new Acquiring(),
                        new Up(StrictWlan.SECOND));

        registration.close();
        life.station.leave();
        life.run();
        assertThat(late).hasSize(5);
        assertThat(life.states).endsWith(new Down());
    }

    @Test
    @Rule("S-14")
    void anObserverThatThrowsHarmsNeitherTheStationNorTheOthers() {
        device.onConnect = () -> device.goUp(StrictWlan.FIRST);
        Life life = Life.of(device, Life.OPTIONS);
        List<StationState> other = new ArrayList<>();
        life.station.observe(state -> {
            throw new IllegalStateException("an observer's fault");
        });
        life.station.observe(other::add);
        life.join();

        assertThat(other).endsWith(new Up(StrictWlan.FIRST));
        assertThat(life.scheduler.failures()).hasSize(other.size());
    }

    @Test
    void everyStateIsAnEventWithTheDeviceAndTheNetwork() {
        Life life = Life.up(device);

        assertThat(life.events.all(LinkEvent.Changed.class))
                .extracting(
                        LinkEvent.Changed::device,
                        LinkEvent.Changed::ssid,
                        event -> event.state().getClass().getSimpleName())
                .containsExactly(
                        tuple("fake0", Life.SSID, "Associating"),
                        tuple("fake0", Life.SSID, "Acquiring"),
                        tuple("fake0", Life.SSID, "Up"));
    }

    @Test
    void aFixedAddressIsSetBeforeConnectAndAgainWhenTheBoardForgetsIt() {
        device.onConnect = () -> device.goUp(StrictWlan.SECOND);
        Life life =
                Life.of(device, Life.OPTIONS.withFixedAddress(StrictWlan.FIRST)).join();
        assertThat(device.calls).containsExactly("fix 192.168.3.47", "connect", "fix 192.168.3.47");
        assertThat(life.station.state()).isEqualTo(new Acquiring());

        device.onFixedAddress = () -> device.ifconfig = StrictWlan.FIRST;
        life.poll();
        assertThat(life.station.state()).isEqualTo(new Up(StrictWlan.FIRST));
        assertThat(device.calls).hasSize(4);
    }
}
