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

    /** Under the connection's lock: ends the waiting, and tells whether there was any. */
    boolean endWaiting() {
        boolean was = waiting;
        waiting = false;
        return was;
    }

    @Override
    public boolean cancel() {
        return connection.cancel(this);
    }

    @Override
    public void run() {
        connection.ripen(this);
    }
}
