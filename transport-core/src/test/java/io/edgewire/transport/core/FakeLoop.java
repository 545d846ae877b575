package io.edgewire.transport.core;

import io.edgewire.api.event.EdgeEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A loop that the thread of the test turns by hand, in time that it moves by hand. */
final class FakeLoop extends Loop {
    private final Thread thread = Thread.currentThread();
    private final Queue<Runnable> tasks;
    private final long[] now;
    final List<EdgeEvent> told;
    int executed;

    private FakeLoop(long[] now, List<EdgeEvent> told, SendBudget budget) {
        super(() -> now[0], told::add, budget);
        this.now = now;
        this.told = told;
        tasks = new ConcurrentLinkedQueue<>(new ArrayDeque<>());
    }

    static FakeLoop withBudget(long bytes) {
        return new FakeLoop(new long[] {Long.MAX_VALUE - 7}, new ArrayList<>(), new SendBudget(bytes));
    }

    @Override
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Runs until there is nothing more to do. */
    void turn() {
        settleTouched();
        do {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                executed++;
                guarded(task);
            }
            runDueTimers(nanos());
            tellClosed();
        } while (!tasks.isEmpty() || hasClosed());
    }

    void advance(Duration by) {
        now[0] += by.toNanos();
        turn();
    }

    <E extends EdgeEvent> List<E> told(Class<E> type) {
        return told.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
