package io.edgewire.transport.bio;

import io.edgewire.api.Timer;
import io.edgewire.transport.core.TimerHeap;

/** A timer of a user. Its {@code run} is the timer thread's and only hands it to the connection. */
final class BioTimer extends TimerHeap.Entry implements Timer {
    private final BioConnection connection;
    private final Runnable task;
    /** Guarded by the connection's lock. */
    private boolean waiting;

    BioTimer(BioConnection connection, Runnable task, boolean waiting) {
        this.connection = connection;
        this.task = task;
        this.waiting = waiting;
    }

    Runnable task() {
        return task;
    }

    void taken() {
        waiting = false;
    }

    @Override
    public boolean cancel() {
        connection.roster.enter();
        try {
            if (!waiting) {
                return false;
            }
            waiting = false;
            connection.mailbox.cancelled(this);
        } finally {
            connection.roster.exit();
        }
        connection.services.timers().cancel(this);
        return true;
    }

    @Override
    public void run() {
        connection.roster.enter();
        try {
            connection.mailbox.ripen(this);
        } finally {
            connection.roster.exit();
        }
    }
}
