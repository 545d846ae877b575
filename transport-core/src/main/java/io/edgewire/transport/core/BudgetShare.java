package io.edgewire.transport.core;

/**
 * What one connection has queued of the transport's {@link SendBudget}. The budget is touched only when that changes
 * from one settling to the next, so a connection that keeps up never does.
 *
 * <p><b>Threads.</b> The loop's.
 */
final class BudgetShare {
    private final SendBudget budget;
    private final Runnable wake;
    private long counted;

    BudgetShare(LoopConnection connection, SendBudget budget) {
        this.budget = budget;
        wake = connection::touch;
    }

    /** Counts what is queued now. */
    void update(long queued) {
        if (queued != counted) {
            long change = queued - counted;
            counted = queued;
            budget.change(change);
        }
    }

    /** Wakes the connection when the budget has room, at once if it has by now. */
    void wakeWhenFree() {
        budget.whenFree(wake);
    }

    void giveBack() {
        budget.forget(wake);
        update(0);
    }
}
