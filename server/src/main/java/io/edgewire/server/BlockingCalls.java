package io.edgewire.server;

import io.edgewire.api.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs what may block: few and short calls, so threads come and go. Knows when it is quiet, because who closes a
 * station is not told when its device is closed: that runs here, some steps of the scheduler later.
 */
final class BlockingCalls implements Executor, AutoCloseable {
    private final ExecutorService pool;
    private final Object lock = new Object();
    /** Calls that wait or run. Guarded by {@link #lock}. */
    private int active;
    /** Calls ever given. Guarded by {@link #lock}. */
    private long given;

    BlockingCalls(ThreadFactory threads) {
        pool = Executors.newCachedThreadPool(threads);
    }

    @Override
    public void execute(Runnable call) {
        synchronized (lock) {
            active++;
            given++;
        }
        try {
            pool.execute(() -> {
                try {
                    call.run();
                } finally {
                    ended();
                }
            });
        } catch (RejectedExecutionException e) {
            ended();
            throw e;
        }
    }

    /**
     * Waits until no call runs and none follows from what the last ones gave to the scheduler.
     *
     * @return false if the limit passed before
     */
    boolean awaitQuiet(Scheduler scheduler, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            long before;
            do {
                before = awaitIdle(deadline);
                if (before >= 0) {
                    // What the calls have left to the scheduler stands before this, and may give another call.
                    CompletableFuture<Void> passed = new CompletableFuture<>();
                    scheduler.execute(() -> passed.complete(null));
                    passed.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                }
            } while (before >= 0 && !unchanged(before));
            return before >= 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing completes this but its value", e);
        }
    }

    /** Takes no more calls; those that run are let be, on daemon threads. */
    @Override
    public void close() {
        pool.shutdown();
    }

    /** How many calls were given when none was left, or -1 if the deadline passed before. */
    private long awaitIdle(long deadline) throws InterruptedException {
        synchronized (lock) {
            while (active > 0) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return -1;
                }
                lock.wait(left);
            }
            return given;
        }
    }

    private boolean unchanged(long before) {
        synchronized (lock) {
            return active == 0 && given == before;
        }
    }

    private void ended() {
        synchronized (lock) {
            active--;
            lock.notifyAll();
        }
    }
}
