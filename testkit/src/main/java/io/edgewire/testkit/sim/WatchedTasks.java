package io.edgewire.testkit.sim;

import io.edgewire.api.Timer;
import java.time.Duration;

/** The timers and tasks of a {@link Watched} connection: when each may run, and in which order. */
final class WatchedTasks {
    private final Watched watched;
    private final Watch watch;
    private long given;
    private long run;

    WatchedTasks(Watched watched, Watch watch) {
        this.watched = watched;
        this.watch = watch;
    }

    Timer after(Duration delay, Runnable task) {
        long due = watch.nanos() + delay.toNanos();
        WatchedTimer timer = new WatchedTimer();
        timer.real = watched.connection().after(delay, () -> {
            watched.trace("timer");
            watched.check(!timer.done, "C-15: a timer runs although it ran or was cancelled");
            watched.check(watch.nanos() - due >= 0, "C-15: a timer runs early");
            watched.check(watched.closed() == null, "C-15: a timer runs after onClosed");
            timer.done = true;
            task.run();
        });
        return timer;
    }

    boolean execute(Runnable task) {
        long number = given;
        boolean taken = watched.connection().execute(() -> {
            watched.trace("task");
            watched.check(watched.closed() == null, "C-2: a task runs after onClosed");
            watched.check(number == run, "C-3: task " + number + " runs as number " + run);
            run++;
            task.run();
        });
        if (taken) {
            given++;
        }
        return taken;
    }

    /** How many tasks have not run. */
    long left() {
        return given - run;
    }

    private static final class WatchedTimer implements Timer {
        private Timer real = () -> false;
        private boolean done;

        @Override
        public boolean cancel() {
            boolean cancelled = real.cancel();
            done |= cancelled;
            return cancelled;
        }
    }
}
