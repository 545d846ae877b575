package io.edgewire.device.k230;

import io.edgewire.api.Scheduler;
import io.edgewire.api.Timer;
import io.edgewire.api.wlan.WlanException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a device that may block: one at a time, on an executor, each watched by a timer. A call that is overdue
 * is told once and still holds its place, because a second call beside it is what a board takes worst (S-11).
 *
 * <p>Used on the scheduler alone; only the body of a call runs elsewhere.
 */
final class DeviceCalls {
    /** What is asked of the device. */
    enum Kind {
        CONNECT,
        DISCONNECT,
        SET_ADDRESS
    }

    /**
     * One call.
     *
     * @param kind what it is
     * @param limit when it is overdue
     * @param body runs on the executor and may block
     * @param returned hears on the scheduler how it ended: with what it threw, or empty
     */
    record Call(Kind kind, Duration limit, Runnable body, Consumer<Optional<RuntimeException>> returned) {}

    private final Scheduler scheduler;
    private final Executor blocking;
    private final Consumer<RuntimeException> failures;
    private final Runnable idle;
    private @Nullable Call current;
    private @Nullable Call next;
    private @Nullable Runnable last;

    /**
     * A lane for one device.
     *
     * @param failures hears, on the scheduler, what calls threw and which are overdue
     * @param idle called on the scheduler each time the lane becomes free
     */
    DeviceCalls(Scheduler scheduler, Executor blocking, Consumer<RuntimeException> failures, Runnable idle) {
        this.scheduler = scheduler;
        this.blocking = blocking;
        this.failures = failures;
        this.idle = idle;
    }

    boolean idle() {
        return current == null;
    }

    /** Whether the device is being told to leave the network, or will be as soon as its present call has returned. */
    boolean leaving() {
        return next != null || (current != null && current.kind() == Kind.DISCONNECT);
    }

    /** Gives a call now, or as soon as the present one has returned, in place of another that waits. */
    void give(Call call) {
        if (current != null) {
            next = call;
            return;
        }
        current = call;
        run(call, scheduler.after(call.limit(), () -> failures.accept(overdue(call))));
    }

    /** Runs a last task on the scheduler as soon as the present call has returned, at the latest after the bound. */
    void end(Duration bound, Runnable task) {
        next = null;
        last = task;
        if (current == null) {
            runLast();
        } else {
            scheduler.after(bound, this::runLast);
        }
    }

    private void runLast() {
        Runnable task = last;
        last = () -> {};
        if (task != null) {
            task.run();
        }
    }

    private void run(Call call, Timer overdue) {
        try {
            blocking.execute(() -> {
                Optional<RuntimeException> thrown = outcome(call);
                scheduler.execute(() -> returned(call, overdue, thrown));
            });
        } catch (RejectedExecutionException e) {
            // An executor that was shut down fails its calls like a device that is gone.
            scheduler.execute(() -> returned(call, overdue, Optional.of(e)));
        } catch (OutOfMemoryError e) { // said for want of threads, too: the next call may get one
            RuntimeException failed = new RejectedExecutionException("there is no thread for a call of the device", e);
            scheduler.execute(() -> returned(call, overdue, Optional.of(failed)));
        }
    }

    private static Optional<RuntimeException> outcome(Call call) {
        try {
            call.body().run();
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(e);
        } catch (Error e) {
            // The lane must become free again, whatever the board's driver did.
            return Optional.of(new WlanException(
                    WlanException.Kind.FAILED, "the device's driver failed in " + call.kind() + ": " + e, e));
        }
    }

    private void returned(Call call, Timer overdue, Optional<RuntimeException> thrown) {
        overdue.cancel();
        current = null;
        if (last != null) {
            runLast();
            return;
        }
        thrown.ifPresent(failures);
        call.returned().accept(thrown);
        Call waiting = next;
        if (current == null && waiting != null) {
            next = null;
            give(waiting);
        } else if (current == null) {
            idle.run();
        }
    }

    private static WlanException overdue(Call call) {
        return new WlanException(
                WlanException.Kind.TIMED_OUT,
                "the device has not returned from " + call.kind() + " within " + call.limit()
                        + "; it gets no other call until it does");
    }
}
