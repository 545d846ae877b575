package io.edgewire.device.k230;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.wlan.JoinFailure;
import io.edgewire.api.wlan.LinkState;
import io.edgewire.api.wlan.StationState.Associating;
import io.edgewire.api.wlan.StationState.Failed;
import io.edgewire.api.wlan.StationState.LossCause;
import io.edgewire.api.wlan.StationState.Lost;
import io.edgewire.api.wlan.StationState.Retrying;
import io.edgewire.api.wlan.StationState.Up;
import io.edgewire.api.wlan.WlanException;
import io.edgewire.testkit.ManualExecutor;
import io.edgewire.testkit.Rule;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** What a station makes of a device that hangs, throws or falls dumb. */
class StationFaultsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final StrictWlan device = new StrictWlan();

    @Test
    @Rule("S-11")
    void aCallThatHangsIsToldAndNoOtherIsGivenUntilItReturns() {
        ManualExecutor executor = new ManualExecutor();
        Life life = Life.of(device, Life.OPTIONS, executor).join().after(Duration.ofSeconds(6));
        assertThat(life.station.state()).isEqualTo(new Retrying(JoinFailure.TIMED_OUT, 2, SECOND));
        assertThat(life.deviceFailures())
                .singleElement()
                .isInstanceOfSatisfying(
                        WlanException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(WlanException.Kind.TIMED_OUT));

        life.after(Duration.ofMinutes(1));
        assertThat(executor.waiting()).isEqualTo(1);
        executor.runNext();
        life.after(Duration.ofSeconds(10));
        assertThat(executor.waiting()).isEqualTo(1);
    }

    @Test
    @Rule("S-11")
    void aDeviceThatThrowsIsToldAndTriedAgain() {
        WlanException gone = new WlanException(WlanException.Kind.UNAVAILABLE, "unplugged");
        device.onConnect = () -> {
            throw gone;
        };
        Life life = Life.of(device, Life.OPTIONS).join();

        assertThat(life.station.state()).isEqualTo(new Retrying(JoinFailure.DEVICE_FAILED, 2, SECOND));
        assertThat(life.deviceFailures()).containsExactly(gone);
        device.onConnect = () -> device.goUp(StrictWlan.FIRST);
        assertThat(life.after(SECOND).station.state()).isEqualTo(new Up(StrictWlan.FIRST));
    }

    @Test
    @Rule("S-11")
    void aDriverThatFailsWithAnErrorDoesNotBlockTheLane() {
        device.onConnect = () -> {
            throw new NoClassDefFoundError("libserial");
        };
        Life life = Life.of(device, Life.OPTIONS).join();

        assertThat(life.station.state()).isEqualTo(new Retrying(JoinFailure.DEVICE_FAILED, 2, SECOND));
        assertThat(life.deviceFailures()).singleElement().asString().contains("libserial");
        assertThat(life.after(SECOND).station.state()).isInstanceOf(Retrying.class);
        assertThat(device.connects()).isEqualTo(2);
    }

    @Test
    void whatADeviceCannotDoAtAllIsFinal() {
        device.onConnect = () -> {
            throw new WlanException(WlanException.Kind.UNSUPPORTED, "no such thing");
        };
        Life life = Life.of(device, Life.OPTIONS).join();

        assertThat(life.station.state()).isEqualTo(new Failed(JoinFailure.DEVICE_FAILED));
    }

    @Test
    void aDeviceThatFallsDumbIsReportedOnceAndGivenABackOffBeforeConnect() {
        Life life = Life.up(device);
        device.dumb = new WlanException(WlanException.Kind.UNAVAILABLE, "unplugged");
        life.poll();
        assertThat(life.states)
                .containsExactly(
                        new Lost(LossCause.DEVICE_FAILED),
                        new Associating(1),
                        new Retrying(JoinFailure.DEVICE_FAILED, 2, SECOND));
        assertThat(device.connects()).isEqualTo(1);
        assertThat(life.deviceFailures()).containsExactly(device.dumb);

        device.dumb = null;
        life.poll();
        assertThat(life.station.state()).isEqualTo(new Up(StrictWlan.FIRST));
        assertThat(device.connects()).isEqualTo(1);
    }

    @Test
    void aDeviceThatStaysDumbIsReportedOnceAndAgainWhenItFallsDumbAnew() {
        Life life = Life.up(device);
        device.dumb = new WlanException(WlanException.Kind.UNAVAILABLE, "unplugged");
        life.poll().poll().poll();
        assertThat(life.deviceFailures()).containsExactly(device.dumb);

        device.dumb = null;
        life.poll();
        device.dumb = new WlanException(WlanException.Kind.UNAVAILABLE, "unplugged again");
        life.poll().poll();
        assertThat(life.deviceFailures()).hasSize(2).endsWith(device.dumb);
    }

    @Test
    void connectIsTriedOnADeviceThatStaysDumb() {
        device.dumb = new WlanException(WlanException.Kind.UNAVAILABLE, "unplugged");
        Life life = Life.of(device, Life.OPTIONS).join();
        assertThat(device.connects()).isZero();

        device.onConnect = () -> device.dumb = null;
        life.after(SECOND);
        assertThat(device.connects()).isEqualTo(1);
    }

    @Test
    void anExecutorThatRejectsIsADeviceThatFailed() {
        Life life = Life.of(device, Life.OPTIONS, task -> {
                    throw new RejectedExecutionException("shut down");
                })
                .join();

        assertThat(life.station.state()).isInstanceOf(Retrying.class);
        life.station.close();
        life.run();
        assertThat(life.deviceFailures()).hasSize(2);
    }

    @Test
    void anAttemptThatStaysJoiningIsEndedByTheLimitAndByDisconnect() {
        device.onConnect = () -> device.link = LinkState.JOINING;
        Life life = Life.of(device, Life.OPTIONS).join().after(Duration.ofSeconds(6));

        assertThat(life.station.state()).isEqualTo(new Retrying(JoinFailure.TIMED_OUT, 2, SECOND));
        assertThat(device.calls).containsExactly("connect", "disconnect");
    }
}
