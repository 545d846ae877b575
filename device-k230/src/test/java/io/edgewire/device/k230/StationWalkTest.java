package io.edgewire.device.k230;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.JoinFailure;
import io.edgewire.api.wlan.LinkState;
import io.edgewire.api.wlan.StationState;
import io.edgewire.api.wlan.StationState.Associating;
import io.edgewire.api.wlan.StationState.Lost;
import io.edgewire.api.wlan.StationState.Up;
import io.edgewire.api.wlan.WlanException;
import io.edgewire.testkit.ManualExecutor;
import io.edgewire.testkit.Rule;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A station against a device that does anything at any time. {@link StrictWlan} itself complains of a connect while the
 * link is up and of a call during another. Run one seed again with {@code -Dedgewire.walk.seed=…}.
 */
class StationWalkTest {
    private static final int STEPS = 400;
    private static final List<JoinFailure> PASSING = List.of(
            JoinFailure.NOT_FOUND,
            JoinFailure.REFUSED,
            JoinFailure.TIMED_OUT,
            JoinFailure.UNKNOWN,
            JoinFailure.NO_LEASE);

    private final StrictWlan device = new StrictWlan();
    private final ManualExecutor executor = new ManualExecutor();
    private final Life life = Life.of(device, Life.OPTIONS, executor);

    static LongStream seeds() {
        Long one = Long.getLong("edgewire.walk.seed");
        return one != null ? LongStream.of(one) : LongStream.rangeClosed(1, 50);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Rule("S-3")
    @Rule("S-7")
    @Rule("S-11")
    void whateverTheDeviceDoesTheStationIsUpWhenItStops(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        device.onConnect = () -> outcome(random);
        life.join();
        for (int i = 0; i < STEPS; i++) {
            step(random);
            assertThat(executor.waiting()).as("calls at once").isLessThanOrEqualTo(1);
        }
        calm();

        assertThat(life.station.state()).isEqualTo(new Up(StrictWlan.FIRST));
        assertThat(life.scheduler.failures()).isEmpty();
        assertThat(life.deviceFailures()).allMatch(WlanException.class::isInstance);
        checkOrder(life.states);
    }

    private void step(SplittableRandom random) {
        switch (random.nextInt(8)) {
            case 0 -> device.goUp(random.nextBoolean() ? StrictWlan.FIRST : StrictWlan.SECOND);
            case 1 -> device.goUp(IfConfig.NONE);
            case 2 -> device.goDown();
            case 3 ->
                device.dumb =
                        random.nextInt(4) == 0 ? new WlanException(WlanException.Kind.UNAVAILABLE, "unplugged") : null;
            case 4 -> device.wakes.forEach(Runnable::run);
            case 5 -> leaveOrJoin(random);
            default -> executor.runNext();
        }
        life.after(Duration.ofMillis(random.nextInt(1500)));
    }

    private void leaveOrJoin(SplittableRandom random) {
        if (random.nextInt(3) == 0) {
            life.station.leave();
        } else {
            life.station.join();
        }
    }

    private void outcome(SplittableRandom random) {
        switch (random.nextInt(5)) {
            case 0 -> device.goUp(StrictWlan.FIRST);
            case 1 -> device.goUp(IfConfig.NONE);
            case 2 -> device.link = LinkState.JOINING;
            case 3 -> throw new WlanException(WlanException.Kind.FAILED, "a bad moment");
            default -> device.goDown(PASSING.get(random.nextInt(PASSING.size())));
        }
    }

    /** The faults stop: calls return, and connect succeeds. */
    private void calm() {
        device.dumb = null;
        device.goDown();
        device.onConnect = () -> device.goUp(StrictWlan.FIRST);
        life.station.join();
        for (int i = 0; i < 60; i++) {
            executor.runNext();
            life.after(Duration.ofSeconds(1));
        }
    }

    /** What holds for every pair of states that follow one another. */
    private static void checkOrder(List<StationState> states) {
        for (int i = 1; i < states.size(); i++) {
            StationState before = states.get(i - 1);
            StationState after = states.get(i);
            if (after instanceof Lost) {
                assertThat(before).isInstanceOf(Up.class);
            }
            if (before instanceof Lost) {
                assertThat(after).isEqualTo(new Associating(1));
            }
            if (after instanceof Up) {
                assertThat(before).isInstanceOf(StationState.Acquiring.class);
            }
        }
    }
}
