package io.edgewire.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BlockingCallsTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final EdgewireThreads threads = new EdgewireThreads("test", failures::add);
    private final SystemScheduler scheduler = new SystemScheduler(threads, failures::add);
    private final BlockingCalls calls = new BlockingCalls(threads);

    @AfterEach
    void close() {
        calls.close();
        scheduler.close();
    }

    @Test
    void withoutCallsItIsQuiet() {
        assertThat(calls.awaitQuiet(scheduler, LONG)).isTrue();
    }

    @Test
    void quietIsAfterAllThatFollowsFromACall() {
        List<String> steps = new CopyOnWriteArrayList<>();
        CountDownLatch go = new CountDownLatch(1);
        scheduler.execute(() -> calls.execute(() -> {
            await(go);
            steps.add("first call");
            scheduler.execute(() -> calls.execute(() -> {
                steps.add("second call");
                scheduler.execute(() -> steps.add("step"));
            }));
        }));
        scheduler.execute(go::countDown);
        assertThat(calls.awaitQuiet(scheduler, LONG)).isTrue();
        assertThat(steps).containsExactly("first call", "second call", "step");
    }

    @Test
    void aCallThatHangsIsNotWaitedForBeyondTheLimit() {
        CountDownLatch never = new CountDownLatch(1);
        calls.execute(() -> await(never));
        assertThat(calls.awaitQuiet(scheduler, Duration.ofMillis(5))).isFalse();
        never.countDown();
        assertThat(calls.awaitQuiet(scheduler, LONG)).isTrue();
    }

    @Test
    void aSchedulerThatHangsIsNotWaitedForBeyondTheLimit() {
        CountDownLatch never = new CountDownLatch(1);
        scheduler.execute(() -> await(never));
        assertThat(calls.awaitQuiet(scheduler, Duration.ofMillis(5))).isFalse();
        never.countDown();
    }

    @Test
    void aCallThatThrowsIsOver() {
        calls.execute(() -> {
            throw new IllegalStateException("thrown on purpose");
        });
        assertThat(calls.awaitQuiet(scheduler, LONG)).isTrue();
    }

    @Test
    void afterTheCloseCallsAreRefusedAndNotCounted() {
        calls.close();
        assertThatThrownBy(() -> calls.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThat(calls.awaitQuiet(scheduler, LONG)).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
