package io.edgewire.transport.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimerHeapTest {
    private final TimerHeap heap = new TimerHeap();

    @Test
    void entriesComeOutInTheOrderOfTheirDueTimes() {
        Named late = add("late", 30);
        Named early = add("early", 10);
        Named middle = add("middle", 20);

        assertThat(drain(100)).containsExactly(early, middle, late);
        assertThat(heap.pollDue(100)).isNull();
    }

    @Test
    void thoseDueTogetherComeOutAsTheyWereAdded() {
        List<Named> added = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            added.add(add("same " + i, 7));
        }
        assertThat(drain(7)).containsExactlyElementsOf(added);
    }

    @Test
    void noneIsEarly() {
        Named entry = add("x", 10);
        assertThat(heap.pollDue(9)).isNull();
        assertThat(heap.untilNext(9)).isEqualTo(1);
        assertThat(heap.pollDue(10)).isSameAs(entry);
        assertThat(heap.untilNext(10)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void somethingOverdueIsDueNowAndNotInThePast() {
        add("x", 10);
        assertThat(heap.untilNext(1000)).isZero();
    }

    @Test
    void itSurvivesTheWrapAroundOfTheClock() {
        Named before = add("before", Long.MAX_VALUE - 1);
        Named after = add("after", Long.MIN_VALUE + 1);

        assertThat(heap.untilNext(Long.MAX_VALUE - 2)).isEqualTo(1);
        assertThat(drain(Long.MIN_VALUE + 5)).containsExactly(before, after);
    }

    @Test
    void aCancelledEntryNeverComesOutAndMayBeAddedAgain() {
        Named entry = add("x", 10);
        assertThat(entry.scheduled()).isTrue();
        assertThat(heap.cancel(entry)).isTrue();
        assertThat(heap.cancel(entry)).isFalse();
        assertThat(entry.scheduled()).isFalse();
        assertThat(heap.pollDue(100)).isNull();

        heap.add(entry, 5);
        assertThat(entry.due()).isEqualTo(5);
        assertThat(heap.pollDue(5)).isSameAs(entry);
    }

    @Test
    void anEntryThatWaitsCannotBeAddedAgain() {
        Named entry = add("x", 10);
        assertThatThrownBy(() -> heap.add(entry, 20)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aRushOfTimersKeepsNoMemoryAfterIt() {
        int before = heap.capacity();
        for (int i = 0; i < 100_000; i++) {
            add("x", i);
        }
        assertThat(heap.capacity()).isGreaterThanOrEqualTo(100_000);
        assertThat(drain(100_000)).hasSize(100_000);
        assertThat(heap.capacity()).isEqualTo(before);
    }

    @Test
    void whateverIsAddedAndCancelledItAgreesWithASortedList() {
        long seed = Long.getLong("edgewire.seed", System.nanoTime());
        Random random = new Random(seed);
        List<Named> model = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            int what = random.nextInt(10);
            if (what < 5) {
                model.add(add("entry " + step, random.nextInt(1000)));
            } else if (what < 8 && !model.isEmpty()) {
                assertThat(heap.cancel(model.remove(random.nextInt(model.size()))))
                        .isTrue();
            } else {
                Named first = model.stream()
                        .min(Comparator.comparingLong(TimerHeap.Entry::due))
                        .orElse(null);
                assertThat(heap.pollDue(1000))
                        .as("seed %d, step %d", seed, step)
                        .isSameAs(first);
                model.remove(first);
            }
            assertThat(heap.size()).isEqualTo(model.size());
        }
    }

    private Named add(String name, long due) {
        Named entry = new Named(name);
        heap.add(entry, due);
        return entry;
    }

    private List<TimerHeap.Entry> drain(long now) {
        List<TimerHeap.Entry> entries = new ArrayList<>();
        for (TimerHeap.Entry next = heap.pollDue(now); next != null; next = heap.pollDue(now)) {
            entries.add(next);
        }
        return entries;
    }

    private static final class Named extends TimerHeap.Entry {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public void run() {}

        @Override
        public String toString() {
            return name;
        }
    }
}
