package io.edgewire.transport.bio;

/** One of a connection's threads, as its {@link Roster} sees it. Only that thread uses it, or who asks on its behalf. */
final class Worker {
    /** Batches of tasks that may run before the thread turns to the socket: a task that gives itself again must not starve it. */
    private static final int MOST_BATCHES = 16;

    final boolean reader;
    private int batches;
    private boolean fresh;

    Worker(boolean reader) {
        this.reader = reader;
    }

    boolean mayRunTasks() {
        return batches < MOST_BATCHES;
    }

    /** Whether it has just left a callback, whose sends should leave before the next one. */
    boolean flushFirst() {
        return fresh;
    }

    void ranTasks() {
        batches++;
    }

    void ranCallback() {
        fresh = true;
    }

    void wrote() {
        fresh = false;
    }

    void turnedToSocket() {
        batches = 0;
        fresh = false;
    }
}
