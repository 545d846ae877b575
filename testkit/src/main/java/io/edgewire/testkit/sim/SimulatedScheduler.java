package io.edgewire.testkit.sim;

import io.edgewire.api.Clock;
import io.edgewire.api.Scheduler;
import io.edgewire.api.Timer;
import io.edgewire.transport.core.Delays;
import io.edgewire.transport.core.TimerHeap;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/** A scheduler on the network's own time; when a task runs that is due, between all else that could happen, is drawn. */
final class SimulatedScheduler implements Scheduler, Agenda.Actor {
    private final Clock clock;
    private final Consumer<Throwable> failures;
    private final TimerHeap tasks = new TimerHeap();

    SimulatedScheduler(Clock clock, Consumer<Throwable> failures) {
        this.clock = clock;
        this.failures = failures;
    }

    @Override
    public long nanos() {
        return clock.nanos();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        Objects.requireNonNull(task, "task");
        Task added = new Task(task);
        tasks.add(added, clock.nanos() + Delays.nanos(delay, "delay"));
        return added;
    }

    @Override
    public boolean hasWork() {
        return tasks.untilNext(clock.nanos()) == 0;
    }

    @Override
    public void work() {
        TimerHeap.Entry due = tasks.pollDue(clock.nanos());
        if (due != null) {
            due.run();
        }
    }

    @Override
    public long untilWork() {
        return tasks.untilNext(clock.nanos());
    }

    /** How many tasks wait, due or not. */
    int waiting() {
        return tasks.size();
    }

    private final class Task extends TimerHeap.Entry implements Timer {
        private final Runnable work;

        Task(Runnable work) {
            this.work = work;
        }

        @Override
        public void run() {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                failures.accept(e); // it goes on by contract; the run ends with what was thrown
            }
        }

        @Override
        public boolean cancel() {
            return tasks.cancel(this);
        }
    }
}
