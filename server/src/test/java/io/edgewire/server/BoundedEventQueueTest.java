package io.edgewire.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.StopOutcome;
import io.edgewire.api.event.EdgeEvent;
import io.edgewire.api.event.ServerEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BoundedEventQueueTest {
    private final AtomicInteger threads = new AtomicInteger();
    private final Slow observer = new Slow();
    private final BoundedEventQueue queue = queue(Duration.ofSeconds(10));

    @AfterEach
    void close() {
        observer.open.countDown();
        queue.close();
    }

    @Test
    void aQueueWithoutEventsHasNoThread() {
        assertThat(threads).hasValue(0);
        queue.close();
        assertThat(threads).hasValue(0);
    }

    @Test
    void eventsArriveInOrder() {
        observer.open.countDown();
        queue.accept(event("a"));
        queue.accept(event("b"));
        queue.close();
        assertThat(observer.heard).containsExactly("a", "b");
        assertThat(threads).hasValue(1);
    }

    @Test
    void whatDoesNotFitIsDroppedAndCountedAndNobodyWaits() throws InterruptedException {
        fill();
        queue.accept(event("e"));
        queue.accept(event("f"));
        observer.open.countDown();
        queue.close();
        assertThat(observer.heard).containsExactly("a", "b", "c", "d");
        assertThat(observer.dropped).containsExactly(2L);
    }

    @Test
    void anObserverThatThrowsGetsTheNextEvent() {
        observer.open.countDown();
        observer.poison = "a";
        queue.accept(event("a"));
        queue.accept(event("b"));
        queue.close();
        assertThat(observer.heard).containsExactly("b");
        assertThat(observer.failures).extracting(Throwable::getMessage).containsExactly("poisoned by a");
    }

    @Test
    void aQuietSecondAndTheEndAreTold() throws InterruptedException {
        observer.open.countDown();
        queue.accept(event("a"));
        assertThat(observer.idle.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(observer.ended).hasValue(0);
        queue.close();
        assertThat(observer.heard).containsExactly("a");
        assertThat(observer.ended).hasValue(1);
    }

    @Test
    void closeDoesNotWaitForAnObserverThatHangs() throws InterruptedException {
        BoundedEventQueue impatient = queue(Duration.ofMillis(1));
        impatient.accept(event("a"));
        assertThat(observer.entered.await(10, TimeUnit.SECONDS)).isTrue();
        impatient.accept(event("b"));
        impatient.close();
        assertThat(observer.heard).isEmpty();
    }

    @Test
    void anEventAfterTheCloseIsNotDelivered() {
        observer.open.countDown();
        queue.accept(event("a"));
        queue.close();
        queue.accept(event("b"));
        queue.close();
        assertThat(observer.heard).containsExactly("a");
    }

    @Test
    void anEventAfterTheCloseOfAQueueWithoutEventsBeginsNoThread() {
        queue.close();
        queue.accept(event("a"));
        assertThat(threads).hasValue(0);
    }

    private BoundedEventQueue queue(Duration closeLimit) {
        return new BoundedEventQueue(
                3,
                observer,
                work -> {
                    threads.incrementAndGet();
                    Thread thread = new Thread(work);
                    thread.setDaemon(true);
                    return thread;
                },
                closeLimit);
    }

    /** One event is in the observer's hands, three wait: no room is left. */
    private void fill() throws InterruptedException {
        queue.accept(event("a"));
        assertThat(observer.entered.await(10, TimeUnit.SECONDS)).isTrue();
        queue.accept(event("b"));
        queue.accept(event("c"));
        queue.accept(event("d"));
    }

    private static EdgeEvent event(String name) {
        return new ServerEvent.Stopped(name, StopOutcome.DRAINED);
    }

    /** Takes nothing until it is opened. */
    private static final class Slow implements BoundedEventQueue.Observer {
        final CountDownLatch open = new CountDownLatch(1);
        final CountDownLatch entered = new CountDownLatch(1);
        final List<String> heard = new CopyOnWriteArrayList<>();
        final List<Long> dropped = new CopyOnWriteArrayList<>();
        final List<Throwable> failures = new CopyOnWriteArrayList<>();
        final CountDownLatch idle = new CountDownLatch(1);
        final AtomicInteger ended = new AtomicInteger();
        volatile String poison = "";

        @Override
        public void accept(EdgeEvent event) {
            entered.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            String name = ((ServerEvent.Stopped) event).server();
            if (name.equals(poison)) {
                throw new IllegalStateException("poisoned by " + name);
            }
            heard.add(name);
        }

        @Override
        public void dropped(long events) {
            dropped.add(events);
        }

        @Override
        public void failed(Throwable cause) {
            failures.add(cause);
        }

        @Override
        public void idle() {
            idle.countDown();
        }

        @Override
        public void ended() {
            ended.incrementAndGet();
        }
    }
}
