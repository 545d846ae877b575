package io.edgewire.transport.bio;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tasks and timers of one connection that wait (C-3, C-13, C-15). Owns memory only while something does.
 *
 * <p><b>Threads.</b> Guarded by the connection's lock.
 */
final class Mailbox {
    private final int limit;
    private final BioTimers timers;
    private @Nullable ArrayDeque<Runnable> ready;
    private @Nullable Set<BioTimer> later;
    private int waiting;

    Mailbox(int limit, BioTimers timers) {
        this.limit = limit;
        this.timers = timers;
    }

    boolean isFull() {
        return waiting >= limit;
    }

    boolean hasReady() {
        return ready != null && !ready.isEmpty();
    }

    /** How many can be taken now; more may come while they run. */
    int ready() {
        return ready == null ? 0 : ready.size();
    }

    void addTask(Runnable task) {
        waiting++;
        makeReady(task);
    }

    void addTimer(BioTimer timer) {
        waiting++;
        if (later == null) {
            later = new HashSet<>();
        }
        later.add(timer);
    }

    /** The timer's moment has come: it takes its place behind the tasks that are ready. */
    void ripen(BioTimer timer) {
        if (later != null && later.remove(timer)) {
            makeReady(timer);
        }
    }

    /** Forgets a timer, wherever it waits. */
    void cancelled(BioTimer timer) {
        waiting--;
        boolean wasLater = later != null && later.remove(timer);
        if (!wasLater && ready != null) {
            ready.remove(timer);
        }
    }

    /** The next to run, or null. */
    @Nullable
    Runnable take() {
        Runnable next = ready == null ? null : ready.poll();
        if (next == null) {
            ready = null;
            return null;
        }
        waiting--;
        if (next instanceof BioTimer timer) {
            timer.taken();
            return timer.task();
        }
        return next;
    }

    /** Drops everything. */
    void clear() {
        if (later != null) {
            later.forEach(timers::cancel);
        }
        later = null;
        ready = null;
        waiting = 0;
    }

    private void makeReady(Runnable task) {
        if (ready == null) {
            ready = new ArrayDeque<>(4);
        }
        ready.add(task);
    }
}
