package io.edgewire.transport.bio;

/** The thread factory or the system gave no thread. */
final class ThreadStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ThreadStartException(String name, Throwable cause) {
        super("the thread " + name + " could not be started: see the limits of processes and memory", cause);
    }
}
