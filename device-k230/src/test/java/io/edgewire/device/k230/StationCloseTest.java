package io.edgewire.device.k230;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.StationState.Down;
import io.edgewire.api.wlan.StationState.Up;
import io.edgewire.api.wlan.WlanException;
import io.edgewire.testkit.ManualExecutor;
import io.edgewire.testkit.ManualScheduler;
import io.edgewire.testkit.Rule;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** How a station ends, whatever its device does. */
class StationCloseTest {
    private static final Duration MILLI = Duration.ofMillis(1);

    private final StrictWlan device = new StrictWlan();

    @Test
    @Rule("S-13")
    void closeLeavesClearsTheKeyAndClosesTheDevice() {
        ManualScheduler scheduler = new ManualScheduler();
        Credentials credentials = Credentials.of(Life.SSID, "correct horse".toCharArray());
        device.onConnect = () -> device.goUp(StrictWlan.FIRST);
        Life life = new Life(scheduler, device, credentials, Life.OPTIONS, Runnable::run).join();
        life.station.close();
        life.station.close();
        life.run();

        assertThat(life.station.state()).isEqualTo(new Down());
        assertThat(device.calls).containsExactly("connect", "close");
        assertThat(device.wakes).isEmpty();
        assertThatThrownBy(() -> credentials.withKey(key -> key.length)).isInstanceOf(IllegalStateException.class);
        life.station.join();
        life.station.leave();
        life.after(Duration.ofMinutes(1));
        assertThat(life.station.state()).isEqualTo(new Down());
        assertThat(device.calls).containsExactly("connect", "close");
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    @Rule("S-13")
    void closeWaitsForACallThatIsUnderWayButNotForEver() {
        ManualExecutor executor = new ManualExecutor();
        Life life = Life.of(device, Life.OPTIONS, executor).join();
        life.station.close();
        life.after(Life.OPTIONS.callTimeout().minus(MILLI));
        assertThat(executor.waiting()).isEqualTo(1);

        life.after(MILLI);
        assertThat(executor.waiting()).isEqualTo(2);
        executor.runAll();
        life.after(Duration.ofMinutes(1));
        assertThat(device.calls).containsOnlyOnce("close");
    }

    @Test
    @Rule("S-15")
    void closedCompletesWhenTheDeviceHasClosedAndNotBefore() {
        ManualExecutor executor = new ManualExecutor();
        Life life = Life.of(device, Life.OPTIONS, executor);
        CompletableFuture<Void> closed = closed(life);
        life.run();
        assertThat(closed).isNotDone();

        life.station.close();
        life.run();
        assertThat(closed).isNotDone();

        executor.runAll();
        life.run();
        assertThat(closed).isCompleted();
        assertThat(closed(life)).as("for who asks later").isCompleted();
        assertThat(life.scheduler.waiting()).isZero();
    }

    @Test
    @Rule("S-15")
    void closedTellsWhatTheDeviceThrew() {
        WlanException broken = new WlanException(WlanException.Kind.FAILED, "the serial line is gone");
        device.onClose = () -> {
            throw broken;
        };
        Life life = Life.of(device, Life.OPTIONS);
        life.station.close();
        life.run();

        assertThat(closed(life))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isSameAs(broken);
        assertThat(life.deviceFailures()).containsExactly(broken);
    }

    @Test
    @Rule("S-15")
    void aDeviceThatHangsInACallAndThenInItsCloseIsLeftAfterTwiceTheCallTimeout() {
        ManualExecutor executor = new ManualExecutor();
        device.onConnect = () -> device.goUp(StrictWlan.FIRST);
        Life life = Life.of(device, Life.OPTIONS, executor).join();
        executor.runAll();
        life.run().poll();
        assertThat(life.station.state()).isEqualTo(new Up(StrictWlan.FIRST));
        life.station.leave(); // disconnect is given, and never returns
        life.station.close();
        life.after(Life.OPTIONS.callTimeout().multipliedBy(2).minus(MILLI));
        assertThat(closed(life)).isNotDone();

        life.after(MILLI);
        assertThat(closed(life))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(WlanException.class, e -> {
                    assertThat(e.kind()).isEqualTo(WlanException.Kind.TIMED_OUT);
                    assertThat(e)
                            .hasMessage("the device has not closed within PT2S and is left as it is: it may still hold"
                                    + " its network");
                });
    }

    @Test
    @Rule("S-15")
    void anExecutorThatTakesNoCallsAnyMoreEndsItAtOnce() {
        Life life = Life.of(device, Life.OPTIONS, task -> {
            throw new RejectedExecutionException("shut down");
        });
        life.station.close();
        life.run();

        assertThat(closed(life)).isCompletedExceptionally();
        assertThat(life.scheduler.waiting()).isZero();
    }

    private static CompletableFuture<Void> closed(Life life) {
        return life.station.closed().toCompletableFuture();
    }
}
