package io.edgewire.api;

import java.time.Duration;

/**
 * A clock that also runs tasks, one at a time: what the station and the server live on, so that a whole life can be
 * led in virtual time in one thread.
 *
 * <p><b>Threads.</b> Every method from any thread. Tasks never overlap and each happens-before the next; they must not
 * block.
 *
 * <p><b>Failure.</b> A task that throws is reported by the scheduler and harms no other task.
 */
public interface Scheduler extends Clock {
    /**
     * Runs a task once after a delay, in the order of due times; those due at the same time in the order in which they
     * were given.
     *
     * @param delay zero or more; zero means as soon as possible, never within this call
     */
    Timer after(Duration delay, Runnable task);

    /** {@link #after} no delay. */
    default Timer execute(Runnable task) {
        return after(Duration.ZERO, task);
    }
}
