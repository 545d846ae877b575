package io.edgewire.transport.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.event.ConnectionEvent.HandlerBlocked;
import io.edgewire.api.event.ConnectionEvent.HandlerReturned;
import io.edgewire.api.event.EdgeEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandlerWatchTest {
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000);
    private static final long LIMIT = 1000;

    private final List<EdgeEvent> events = new ArrayList<>();
    private final HandlerWatch watch = new HandlerWatch();

    @Test
    void aCallThatIsMetAgainAfterTheLimitIsToldOnce() {
        watch.begin(7, PEER);
        look(5000);
        look(5000 + LIMIT - 1);
        assertThat(events).isEmpty();

        look(5000 + LIMIT);
        look(5000 + 9 * LIMIT);

        assertThat(all(HandlerBlocked.class)).singleElement().satisfies(told -> {
            assertThat(told.id()).isEqualTo(7);
            assertThat(told.remote()).isEqualTo(PEER);
            assertThat(told.thread()).isEqualTo(Thread.currentThread().getName());
            assertThat(told.blocked()).isEqualTo(Duration.ofNanos(LIMIT));
            assertThat(told.stack())
                    .anyMatch(frame -> frame.getClassName().equals(getClass().getName()));
        });
        assertThat(events).hasSize(1);
    }

    @Test
    void theEndOfOneThatWasToldIsToldWithItsWholeTimeAlsoIfAnotherHasBegun() {
        watch.begin(7, PEER);
        look(0);
        look(LIMIT);
        watch.end();
        watch.begin(8, PEER);

        look(3 * LIMIT);
        look(4 * LIMIT - 1);

        assertThat(all(HandlerReturned.class))
                .containsExactly(
                        new HandlerReturned(7, PEER, Thread.currentThread().getName(), Duration.ofNanos(3 * LIMIT)));
        assertThat(all(HandlerBlocked.class)).hasSize(1);

        look(4 * LIMIT);
        assertThat(all(HandlerBlocked.class)).extracting(HandlerBlocked::id).containsExactly(7L, 8L);
    }

    @Test
    void manyShortCallsAreNoLongOne() {
        for (int i = 0; i < 100; i++) {
            watch.begin(7, PEER);
            look(i * LIMIT);
            watch.end();
        }
        assertThat(events).isEmpty();
    }

    @Test
    void whereNothingRunsNothingIsBlocked() {
        look(0);
        look(LIMIT);
        watch.begin(7, PEER);
        watch.end();
        look(2 * LIMIT);
        look(9 * LIMIT);
        assertThat(events).isEmpty();
    }

    @Test
    void aClockThatJumpsMakesNoCallOlderThanItIs() {
        look(0);
        watch.begin(7, PEER);
        look(100 * LIMIT);
        assertThat(events).isEmpty();
    }

    @Test
    void theWrapAroundOfTheClockDoesNotMatter() {
        watch.begin(7, PEER);
        long start = Long.MAX_VALUE - 1;
        look(start);
        look(start + LIMIT);
        assertThat(all(HandlerBlocked.class)).hasSize(1);
    }

    private void look(long now) {
        watch.look(now, LIMIT, events::add);
    }

    private <E extends EdgeEvent> List<E> all(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
