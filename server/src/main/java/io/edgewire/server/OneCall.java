package io.edgewire.server;

import io.edgewire.api.Scheduler;
import io.edgewire.api.TransportException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The call of a server that may wait, one at a time: it runs on the executor, and what follows it on the scheduler.
 *
 * <p><b>Threads.</b> The scheduler's.
 */
final class OneCall {
    private final Scheduler scheduler;
    private final Executor blocking;
    private final Runnable next;
    private boolean busy;

    /** After each call, whatever came of it, comes the next step. */
    OneCall(Scheduler scheduler, Executor blocking, Runnable next) {
        this.scheduler = scheduler;
        this.blocking = blocking;
        this.next = next;
    }

    /** A call is under way; the next step waits for it. */
    boolean busy() {
        return busy;
    }

    <T> void begin(Supplier<T> work, BiConsumer<@Nullable T, @Nullable Throwable> then) {
        busy = true;
        CompletableFuture<T> called;
        try {
            called = CompletableFuture.supplyAsync(work, blocking);
        } catch (RejectedExecutionException e) {
            // An executor that was shut down too early fails the call; nobody may wait for it.
            called = CompletableFuture.failedFuture(e);
        } catch (OutOfMemoryError e) { // said for want of threads, too: another time there may be one
            called = CompletableFuture.failedFuture(new TransportException(
                    TransportException.Kind.FAILED, "there is no thread for a call that may wait: " + e, e));
        }
        called.whenComplete((result, failure) -> scheduler.execute(() -> {
            busy = false;
            try {
                then.accept(result, failure instanceof CompletionException ? failure.getCause() : failure);
            } finally {
                next.run();
            }
        }));
    }
}
