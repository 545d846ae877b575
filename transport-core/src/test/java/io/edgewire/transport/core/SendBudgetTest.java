package io.edgewire.transport.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SendBudgetTest {
    private final SendBudget budget = new SendBudget(100);
    private final AtomicInteger wakes = new AtomicInteger();
    private final Runnable wake = wakes::incrementAndGet;

    @Test
    void itIsSpentAboveTheLimitAndNotAtIt() {
        budget.change(100);
        assertThat(budget.spent()).isFalse();
        budget.change(1);
        assertThat(budget.spent()).isTrue();
        assertThat(budget.queued()).isEqualTo(101);
    }

    @Test
    void whoWaitsIsWokenOnceWhenThereIsRoom() {
        budget.change(150);
        budget.whenFree(wake);
        budget.whenFree(wake);
        budget.change(-10);
        assertThat(wakes).hasValue(0);
        budget.change(-40);
        assertThat(wakes).hasValue(1);
        budget.change(-50);
        budget.change(200);
        budget.change(-200);
        assertThat(wakes).hasValue(1);
    }

    @Test
    void whoAsksWhileThereIsRoomIsWokenAtOnce() {
        budget.whenFree(wake);
        assertThat(wakes).hasValue(1);
    }

    @Test
    void whoTookItBackIsNotWoken() {
        budget.change(101);
        budget.whenFree(wake);
        budget.forget(wake);
        budget.change(-101);
        assertThat(wakes).hasValue(0);
    }

    @Test
    void aBudgetIsAtLeastOneByte() {
        assertThatThrownBy(() -> new SendBudget(0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(SendBudget.quarterOfHeap()).isEqualTo(Runtime.getRuntime().maxMemory() / 4);
    }
}
