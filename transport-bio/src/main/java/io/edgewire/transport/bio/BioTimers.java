package io.edgewire.transport.bio;

import io.edgewire.api.Clock;
import io.edgewire.api.Registration;
import io.edgewire.transport.core.Failures;
import io.edgewire.transport.core.TimerHeap;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The transport's one timer thread. It sleeps until the next deadline and then only hands over: an entry's {@code run}
 * takes a lock for a few instructions and never runs a user's code, so one handler cannot delay another's timers.
 *
 * <p>The heap is the thread's own, and what others want of it stands in a queue without a lock: a handler whose stack
 * overflows within a call of ours leaves neither half done for everybody.
 *
 * <p><b>Threads.</b> {@link #run} is the timer thread; all else from any.
 */
final class BioTimers implements Runnable {
    /** Keeps a hand-moved clock that stands just before a deadline from making the thread spin. */
    private static final long SHORTEST_SLEEP = 100_000;

    private final Clock clock;
    /** In their order; written by any thread, emptied by the timer thread. */
    private final Queue<Runnable> changes = new ConcurrentLinkedQueue<>();

    private final TimerHeap heap = new TimerHeap();
    /** Written by the timer thread as its first act. */
    private volatile @Nullable Thread thread;
    /** How many wait; written by the timer thread, read by tests. */
    private volatile int waiting;

    private volatile boolean closed;

    BioTimers(Clock clock) {
        this.clock = clock;
    }

    long now() {
        return clock.nanos();
    }

    /** Adds an entry, or moves it. */
    void add(TimerHeap.Entry entry, long due) {
        change(() -> {
            heap.cancel(entry);
            heap.add(entry, due);
        });
    }

    void cancel(TimerHeap.Entry entry) {
        change(() -> heap.cancel(entry));
    }

    int waiting() {
        return waiting;
    }

    void close() {
        closed = true;
        wake();
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        Registration jumps = clock.onJump(this::wake);
        try {
            while (!closed) {
                runGuarded(this::round);
            }
        } finally {
            jumps.close();
        }
    }

    private void change(Runnable what) {
        if (!closed) {
            changes.add(what);
            wake();
        }
    }

    private void wake() {
        LockSupport.unpark(thread);
    }

    /** The time first: whoever gave a timer before that moment finds it in the heap, and none overtakes it (C-15). */
    private void round() {
        long now = clock.nanos();
        for (Runnable change = changes.poll(); change != null; change = changes.poll()) {
            change.run();
        }
        waiting = heap.size();
        TimerHeap.Entry due = heap.pollDue(now);
        if (due == null) {
            sleep(heap.untilNext(now));
        } else {
            runGuarded(due);
        }
    }

    /** An error in one, for want of memory say, must not take everybody's timers away. */
    private static void runGuarded(Runnable work) {
        try {
            work.run();
        } catch (Throwable thrown) {
            Failures.report(thrown);
        }
    }

    /** Whoever interrupts this thread only makes it look again. */
    private void sleep(long nanos) {
        Thread.interrupted();
        if (!changes.isEmpty() || closed) {
            return;
        }
        if (nanos == Long.MAX_VALUE) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, Math.max(nanos, SHORTEST_SLEEP));
        }
    }
}
