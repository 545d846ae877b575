package io.edgewire.testkit;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * An executor that runs nothing until a test says so, on the test's own thread: what a call that blocks is given to, so
 * that the test decides how long it lasts.
 *
 * <p><b>Threads.</b> Tasks may be given from any thread.
 */
public final class ManualExecutor implements Executor {
    /** Guarded by itself. */
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    /** An executor without tasks. */
    public ManualExecutor() {}

    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
        }
    }

    /** How many tasks wait. */
    public int waiting() {
        synchronized (tasks) {
            return tasks.size();
        }
    }

    /**
     * Runs the task that waits longest.
     *
     * @return false if there is none
     */
    public boolean runNext() {
        Runnable task = next();
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    /** Runs tasks, and those that they give, until none is left. */
    public void runAll() {
        while (runNext()) {
            Thread.onSpinWait();
        }
    }

    private @Nullable Runnable next() {
        synchronized (tasks) {
            return tasks.poll();
        }
    }
}
