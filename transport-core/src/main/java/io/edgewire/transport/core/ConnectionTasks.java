package io.edgewire.transport.core;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The timers and tasks of a {@link LoopConnection}, counted and limited (C-13).
 *
 * <p><b>Threads.</b> {@link #execute}, {@link #after} and {@link Timer#cancel} from any; all else from the loop's own.
 */
final class ConnectionTasks {
    private static final Timer CANCELLED = () -> false;

    private final LoopConnection connection;
    private final Loop loop;
    private final int limit;
    private final AtomicInteger waiting = new AtomicInteger();
    /** Written by the loop. */
    private volatile boolean dropped;

    /** The timers that are in the loop's heap, so that they leave it with the connection. */
    private @Nullable ConnectionTimer timers;
    /** Given before the connection was open: {@code onOpen} goes first (C-2). */
    private @Nullable List<Runnable> early;

    ConnectionTasks(LoopConnection connection, Loop loop, int limit) {
        this.connection = connection;
        this.loop = loop;
        this.limit = limit;
    }

    boolean execute(Runnable task) {
        Objects.requireNonNull(task, "task");
        if (!admit()) {
            return false;
        }
        loop.execute(() -> run(task));
        return true;
    }

    Timer after(Duration delay, Runnable task) {
        Objects.requireNonNull(task, "task");
        long nanos = Delays.nanos(delay, "delay");
        if (!admit()) {
            return CANCELLED;
        }
        ConnectionTimer timer = new ConnectionTimer(this, task, loop.nanos() + nanos);
        inLoop(() -> schedule(timer));
        return timer;
    }

    /** Runs what was given before the connection was open. */
    void runEarly() {
        List<Runnable> given = early;
        early = null;
        if (given != null) {
            given.forEach(this::run);
        }
    }

    /** Takes no more, and runs none of those that wait. */
    void drop() {
        dropped = true;
        early = null;
    }

    /** Takes those that wait out of the loop's heap; after {@link #drop}, and not within a callback. */
    void clear() {
        for (ConnectionTimer timer = timers; timer != null; timer = timers) {
            timer.cancel();
            forget(timer); // also one that another thread has cancelled just now
        }
    }

    /** Runs one that waited; before the connection is open it goes on waiting, and counts. */
    void run(Runnable task) {
        if (connection.state() != LoopConnection.State.CONNECTING) {
            release();
            connection.run(task);
        } else {
            if (early == null) {
                early = new ArrayList<>();
            }
            early.add(task);
        }
    }

    void release() {
        waiting.decrementAndGet();
    }

    /**
     * At once, but not within a callback: the heap is the loop's, and a handler's stack may overflow at any call. What
     * it left half done there would take the timers from every neighbour.
     */
    void inLoop(Runnable work) {
        if (loop.inLoop() && loop.running == null) {
            work.run();
        } else {
            loop.execute(work);
        }
    }

    private boolean admit() {
        if (dropped) {
            return false;
        }
        if (waiting.incrementAndGet() > limit) {
            release();
            connection.abort(CloseReason.LIMIT);
            return false;
        }
        return true;
    }

    private void schedule(ConnectionTimer timer) {
        if (dropped) {
            timer.cancel();
        } else if (!timer.isDone()) {
            loop.timers().add(timer, timer.wanted());
            timer.linkBefore(timers);
            timers = timer;
        }
    }

    /** Takes a timer out of the heap, if it is there, and out of the list. */
    void forget(ConnectionTimer timer) {
        loop.timers().cancel(timer);
        if (timers == timer) {
            timers = timer.next();
        }
        timer.unlink();
    }
}
