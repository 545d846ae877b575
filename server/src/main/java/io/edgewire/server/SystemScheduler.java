package io.edgewire.server;

import io.edgewire.api.Scheduler;
import io.edgewire.api.Timer;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A scheduler in real time, on one thread.
 *
 * <p><b>Lifecycle.</b> The thread begins with the first task. {@link #close} drops what is not due and waits a little
 * for what runs; it is idempotent and final.
 *
 * <p><b>Failure.</b> What a task throws goes to the consumer given at the start; after {@code close}, {@link #after}
 * throws IllegalStateException.
 */
public final class SystemScheduler implements Scheduler, AutoCloseable {
    /** The name of its thread. */
    public static final String THREAD = "edgewire-scheduler";

    private static final long CLOSE_SECONDS = 5;

    private final ScheduledThreadPoolExecutor executor;
    private final Consumer<? super Throwable> failures;
    /** Written by the executor when it makes its thread, read by {@link #close}. */
    private volatile long thread = -1;

    /**
     * A scheduler that has no thread yet.
     *
     * @param threads makes the one thread
     * @param failures hears what tasks throw, on that thread
     */
    public SystemScheduler(ThreadFactory threads, Consumer<? super Throwable> failures) {
        this.failures = failures;
        executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread made = threads.newThread(work);
            made.setName(THREAD);
            thread = made.getId();
            return made;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("a delay is zero or more, but got " + delay);
        }
        Task added = new Task(task);
        try {
            var scheduled = executor.schedule(added, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> {
                boolean kept = added.claim();
                if (kept) {
                    scheduled.cancel(false);
                }
                return kept;
            };
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the scheduler is closed", e);
        }
    }

    @Override
    public void close() {
        executor.shutdown();
        if (Thread.currentThread().getId() == thread) {
            return;
        }
        try {
            executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many tasks wait; for tests. */
    int waiting() {
        return executor.getQueue().size();
    }

    /** Runs once or is cancelled: whoever claims it first. */
    private final class Task implements Runnable {
        private final AtomicBoolean claimed = new AtomicBoolean();
        private final Runnable work;

        Task(Runnable work) {
            this.work = work;
        }

        boolean claim() {
            return claimed.compareAndSet(false, true);
        }

        @Override
        public void run() {
            if (claim()) {
                try {
                    work.run();
                } catch (Throwable e) {
                    // The root of this thread: the next task must run whatever this one threw.
                    failures.accept(e);
                }
            }
        }
    }
}
