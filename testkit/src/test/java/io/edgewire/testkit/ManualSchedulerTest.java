package io.edgewire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.edgewire.api.Registration;
import io.edgewire.api.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualSchedulerTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualScheduler scheduler = new ManualScheduler();
    private final List<String> ran = new ArrayList<>();

    @Test
    void nothingRunsByItself() {
        scheduler.execute(() -> ran.add("now"));

        assertThat(ran).isEmpty();
        assertThat(scheduler.waiting()).isEqualTo(1);
        scheduler.runDue();
        assertThat(ran).containsExactly("now");
    }

    @Test
    void tasksRunAtTheirOwnMomentsAndInOrder() {
        long start = scheduler.nanos();
        for (int second : List.of(3, 1, 2)) {
            scheduler.after(
                    Duration.ofSeconds(second),
                    () -> ran.add(second + " at "
                            + Duration.ofNanos(scheduler.nanos() - start).toSeconds()));
        }

        scheduler.advance(Duration.ofSeconds(2));
        assertThat(ran).containsExactly("1 at 1", "2 at 2");
        scheduler.advance(Duration.ofSeconds(60));
        assertThat(ran).endsWith("3 at 3");
        assertThat(scheduler.clock().elapsed()).isEqualTo(Duration.ofSeconds(62));
    }

    @Test
    void tasksOfOneMomentRunInTheOrderInWhichTheyWereGiven() {
        scheduler.after(SECOND, () -> ran.add("first"));
        scheduler.after(SECOND, () -> ran.add("second"));
        scheduler.after(SECOND, () -> ran.add("third"));

        scheduler.advance(SECOND);

        assertThat(ran).containsExactly("first", "second", "third");
    }

    @Test
    void aTaskGivenByATaskRunsWithinTheSameAdvanceIfItIsDue() {
        scheduler.after(SECOND, () -> scheduler.after(SECOND, () -> ran.add("nested")));

        scheduler.advance(SECOND.multipliedBy(2));

        assertThat(ran).containsExactly("nested");
    }

    @Test
    void timeWrapsAroundWithoutHarm() {
        scheduler.after(Duration.ofSeconds(20), () -> ran.add("after the count has wrapped"));
        scheduler.after(SECOND, () -> ran.add("before"));
        long before = scheduler.nanos();

        scheduler.advance(Duration.ofSeconds(20));

        assertThat(scheduler.nanos()).isLessThan(before);
        assertThat(ran).containsExactly("before", "after the count has wrapped");
    }

    @Test
    void aCancelledTaskDoesNotRunAndIsCancelledOnce() {
        Timer timer = scheduler.after(SECOND, () -> ran.add("cancelled"));

        assertThat(timer.cancel()).isTrue();
        assertThat(timer.cancel()).isFalse();
        scheduler.advance(SECOND);

        assertThat(ran).isEmpty();
    }

    @Test
    void aTaskThatThrowsHarmsNoOther() {
        IllegalStateException fault = new IllegalStateException("planted");
        scheduler.execute(() -> {
            throw fault;
        });
        scheduler.execute(() -> ran.add("next"));

        scheduler.runDue();

        assertThat(ran).containsExactly("next");
        assertThat(scheduler.failures()).containsExactly(fault);
    }

    @Test
    void jumpsAreToldUntilTheRegistrationIsClosed() {
        Registration registration = scheduler.onJump(() -> ran.add("jump"));
        scheduler.advance(SECOND);
        assertThat(ran).containsExactly("jump");

        registration.close();
        scheduler.advance(SECOND);

        assertThat(ran).containsExactly("jump");
    }

    @Test
    void timeDoesNotGoBack() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ManualClock().advance(SECOND.negated()))
                .withMessageContaining("does not go back");
        assertThatIllegalArgumentException().isThrownBy(() -> scheduler.after(SECOND.negated(), () -> {}));
    }

    @Test
    void aManualExecutorRunsWhatItIsToldTo() {
        ManualExecutor executor = new ManualExecutor();
        executor.execute(() -> ran.add("one"));
        executor.execute(() -> executor.execute(() -> ran.add("three")));

        assertThat(executor.runNext()).isTrue();
        assertThat(ran).containsExactly("one");
        assertThat(executor.waiting()).isEqualTo(1);
        executor.runAll();
        assertThat(ran).containsExactly("one", "three");
        assertThat(executor.runNext()).isFalse();
    }
}
