package io.edgewire.api;

/** Something that will run once, later. */
public interface Timer {
    /**
     * Keeps the task from running. May be called from any thread, any number of times.
     *
     * @return true if the task will never run because of this call; false if it ran, runs or was cancelled before
     */
    boolean cancel();
}
