package io.edgewire.testkit;

import io.edgewire.api.Registration;
import io.edgewire.api.Scheduler;
import io.edgewire.api.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler in virtual time: nothing runs until a test calls {@link #advance} or {@link #runDue}, and then on the
 * test's own thread, each task at its own due time and in order.
 *
 * <p><b>Threads.</b> Tasks may be given from any thread; {@code advance} and {@code runDue} belong to one.
 *
 * <p><b>Failure.</b> What a task throws is kept for {@link #failures}, and the next one runs.
 */
public final class ManualScheduler implements Scheduler {
    private final ManualClock clock;
    /** Guarded by itself. */
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    /** Guarded by {@link #tasks}. */
    private long given;

    private final List<Throwable> failures = new ArrayList<>();

    /** A scheduler on a clock of its own. */
    public ManualScheduler() {
        this(new ManualClock());
    }

    /** A scheduler that moves the given clock. */
    public ManualScheduler(ManualClock clock) {
        this.clock = clock;
    }

    /** The clock that {@link #advance} moves. */
    public ManualClock clock() {
        return clock;
    }

    @Override
    public long nanos() {
        return clock.nanos();
    }

    @Override
    public Registration onJump(Runnable wake) {
        return clock.onJump(wake);
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("a delay is zero or more, but got " + delay);
        }
        synchronized (tasks) {
            Task added = new Task(clock.nanos() + delay.toNanos(), given++, task);
            tasks.add(added);
            return added;
        }
    }

    /** Runs what is due now, and what that makes due, without moving the clock. */
    public void runDue() {
        for (Task task = takeDue(clock.nanos()); task != null; task = takeDue(clock.nanos())) {
            run(task);
        }
    }

    /** Moves the clock, stopping at each task's due time to run it, and then runs what is due at the end. */
    public void advance(Duration by) {
        long end = clock.nanos() + by.toNanos();
        for (Task task = takeDue(end); task != null; task = takeDue(end)) {
            clock.advance(Duration.ofNanos(Math.max(0, task.due - clock.nanos())));
            run(task);
        }
        clock.advance(Duration.ofNanos(end - clock.nanos()));
    }

    /** How many tasks wait, due or not. */
    public int waiting() {
        synchronized (tasks) {
            return tasks.size();
        }
    }

    /** What tasks have thrown, in order. */
    public List<Throwable> failures() {
        return List.copyOf(failures);
    }

    private void run(Task task) {
        try {
            task.work.run();
        } catch (Throwable e) {
            // The scheduler goes on by contract; the test asks for the failures.
            failures.add(e);
        }
    }

    private @Nullable Task takeDue(long now) {
        synchronized (tasks) {
            Task first = tasks.peek();
            return first != null && first.due - now <= 0 ? tasks.poll() : null;
        }
    }

    private final class Task implements Timer, Comparable<Task> {
        private final long due;
        private final long number;
        private final Runnable work;

        Task(long due, long number, Runnable work) {
            this.due = due;
            this.number = number;
            this.work = work;
        }

        @Override
        public boolean cancel() {
            synchronized (tasks) {
                return tasks.remove(this);
            }
        }

        @Override
        public int compareTo(Task other) {
            long difference = due - other.due;
            return difference != 0 ? Long.signum(difference) : Long.compare(number, other.number);
        }
    }
}
