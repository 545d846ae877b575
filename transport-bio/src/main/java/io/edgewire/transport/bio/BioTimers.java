package io.edgewire.transport.bio;

import io.edgewire.api.Clock;
import io.edgewire.api.Registration;
import io.edgewire.transport.core.Failures;
import io.edgewire.transport.core.TimerHeap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The transport's one timer thread. It sleeps until the next deadline and then only hands over: an entry's {@code run}
 * takes a lock for a few instructions and never runs a user's code, so one handler cannot delay another's timers.
 *
 * <p><b>Threads.</b> Any. Its lock may be taken while a connection's is held, never the other way round.
 */
final class BioTimers implements Runnable {
    /** Keeps a hand-moved clock that stands just before a deadline from making the thread spin. */
    private static final long SHORTEST_SLEEP = 100_000;

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TimerHeap heap = new TimerHeap();
    private @Nullable Registration jumps;
    private boolean closed;

    BioTimers(Clock clock) {
        this.clock = clock;
    }

    long now() {
        return clock.nanos();
    }

    void add(TimerHeap.Entry entry, long due) {
        lock.lock();
        try {
            heap.cancel(entry);
            heap.add(entry, due);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void cancel(TimerHeap.Entry entry) {
        lock.lock();
        try {
            heap.cancel(entry);
        } finally {
            lock.unlock();
        }
    }

    /** How many wait; for tests. */
    int waiting() {
        lock.lock();
        try {
            return heap.size();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        jumps = clock.onJump(this::lookAgain);
        try {
            TimerHeap.Entry due = awaitDue();
            while (due != null) {
                runGuarded(due);
                due = awaitDue();
            }
        } finally {
            jumps.close();
        }
    }

    /** An error in one, for want of memory say, must not take everybody's timers away. */
    private static void runGuarded(TimerHeap.Entry due) {
        try {
            due.run();
        } catch (Throwable thrown) {
            Failures.report(thrown);
        }
    }

    private void lookAgain() {
        lock.lock();
        try {
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private TimerHeap.@Nullable Entry awaitDue() {
        lock.lock();
        try {
            while (!closed) {
                long now = clock.nanos();
                TimerHeap.Entry due = heap.pollDue(now);
                if (due != null) {
                    return due;
                }
                sleep(heap.untilNext(now));
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void sleep(long nanos) {
        try {
            if (nanos == Long.MAX_VALUE) {
                changed.await();
            } else {
                changed.awaitNanos(Math.max(nanos, SHORTEST_SLEEP));
            }
        } catch (InterruptedException e) {
            // Nobody has a reason to interrupt this thread; whoever does only makes it look at the clock.
            return;
        }
    }
}
