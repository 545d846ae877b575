package io.edgewire.transport.core;

import io.edgewire.api.Timer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One timer of a connection: an entry of the loop's heap that also knows its neighbours of the same connection. */
final class ConnectionTimer extends TimerHeap.Entry implements Timer {
    private final ConnectionTasks tasks;
    private final Runnable task;
    private final long wanted;
    /** Ran or cancelled, whichever was first; any thread. */
    private final AtomicBoolean done = new AtomicBoolean();

    private @Nullable ConnectionTimer previous;
    private @Nullable ConnectionTimer next;

    ConnectionTimer(ConnectionTasks tasks, Runnable task, long wanted) {
        this.tasks = tasks;
        this.task = task;
        this.wanted = wanted;
    }

    @Override
    public boolean cancel() {
        if (!done.compareAndSet(false, true)) {
            return false;
        }
        tasks.release();
        tasks.inLoop(() -> tasks.forget(this));
        return true;
    }

    /** Due. */
    @Override
    public void run() {
        tasks.forget(this);
        if (done.compareAndSet(false, true)) {
            tasks.run(task);
        }
    }

    boolean isDone() {
        return done.get();
    }

    long wanted() {
        return wanted;
    }

    @Nullable
    ConnectionTimer next() {
        return next;
    }

    void linkBefore(@Nullable ConnectionTimer first) {
        next = first;
        if (first != null) {
            first.previous = this;
        }
    }

    void unlink() {
        if (previous != null) {
            previous.next = next;
        }
        if (next != null) {
            next.previous = previous;
        }
        previous = null;
        next = null;
    }
}
