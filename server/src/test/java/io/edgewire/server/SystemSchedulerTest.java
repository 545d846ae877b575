package io.edgewire.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewire.api.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SystemSchedulerTest {
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final SystemScheduler scheduler = new SystemScheduler(
            work -> {
                Thread thread = new Thread(work);
                threads.add(thread);
                return thread;
            },
            failures::add);

    @AfterEach
    void close() {
        scheduler.close();
    }

    @Test
    void theThreadBeginsWithTheFirstTaskAndHasItsName() throws Exception {
        assertThat(threads).isEmpty();
        CompletableFuture<String> name = new CompletableFuture<>();
        scheduler.execute(() -> name.complete(Thread.currentThread().getName()));
        assertThat(name.get(10, TimeUnit.SECONDS)).isEqualTo("edgewire-scheduler");
    }

    @Test
    void tasksThatAreDueTogetherRunInTheOrderInWhichTheyWereGiven() throws Exception {
        List<Integer> ran = new CopyOnWriteArrayList<>();
        CountDownLatch all = new CountDownLatch(100);
        for (int i = 0; i < 100; i++) {
            int number = i;
            scheduler.execute(() -> {
                ran.add(number);
                all.countDown();
            });
        }
        assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).isSorted().hasSize(100);
        assertThat(threads).hasSize(1);
    }

    @Test
    void aTaskThatThrowsIsReportedAndHarmsNoOther() throws Exception {
        Error fault = new AssertionError("thrown on purpose");
        CompletableFuture<Boolean> next = new CompletableFuture<>();
        scheduler.execute(() -> {
            throw fault;
        });
        scheduler.execute(() -> next.complete(true));
        assertThat(next.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(failures).containsExactly(fault);
    }

    @Test
    void aTimerRunsNotBeforeItsTime() throws Exception {
        long begin = scheduler.nanos();
        CompletableFuture<Long> ran = new CompletableFuture<>();
        scheduler.after(Duration.ofMillis(20), () -> ran.complete(scheduler.nanos()));
        assertThat(ran.get(10, TimeUnit.SECONDS) - begin).isGreaterThanOrEqualTo(20_000_000L);
    }

    @Test
    void cancelAnswersTrueOnceAndOnlyBeforeTheRun() throws Exception {
        Timer never = scheduler.after(Duration.ofHours(1), () -> failures.add(new AssertionError("ran")));
        assertThat(never.cancel()).isTrue();
        assertThat(never.cancel()).isFalse();

        CompletableFuture<Boolean> whileRunning = new CompletableFuture<>();
        CompletableFuture<Timer> self = new CompletableFuture<>();
        Timer now = scheduler.execute(() -> whileRunning.complete(self.join().cancel()));
        self.complete(now);
        assertThat(whileRunning.get(10, TimeUnit.SECONDS)).isFalse();
        assertThat(now.cancel()).isFalse();
    }

    @Test
    void aCancelledTimerIsForgottenAtOnceAndNotWhenItWouldHaveBeenDue() {
        Timer timer = scheduler.after(Duration.ofHours(1), () -> {});
        assertThat(scheduler.waiting()).isEqualTo(1);
        timer.cancel();
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void closeEndsTheThreadAndDropsWhatIsNotDue() throws Exception {
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        scheduler.execute(() -> begun.complete(true));
        begun.get(10, TimeUnit.SECONDS);
        scheduler.after(Duration.ofHours(1), () -> failures.add(new AssertionError("ran")));
        scheduler.close();
        scheduler.close();
        threads.get(0).join(10_000);
        assertThat(threads.get(0).isAlive()).isFalse();
        assertThatThrownBy(() -> scheduler.execute(() -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the scheduler is closed");
        assertThat(failures).isEmpty();
    }

    @Test
    void aTaskMayCloseTheScheduler() throws Exception {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        scheduler.execute(() -> {
            scheduler.close();
            closed.complete(true);
        });
        assertThat(closed.get(3, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aDelayBelowZeroIsRefused() {
        assertThatThrownBy(() -> scheduler.after(Duration.ofNanos(-1), () -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
