package io.edgewire.server;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The threads that a program gets which brings none of its own. */
public final class EdgewireThreads implements ThreadFactory {
    private final AtomicLong made = new AtomicLong();
    private final String prefix;
    private final Consumer<? super Throwable> failures;

    /**
     * Daemon threads, so that none keeps a program from ending.
     *
     * @param prefix begins the name of each; who takes one may give it a better name
     * @param failures hears what a thread died of, on that thread
     */
    public EdgewireThreads(String prefix, Consumer<? super Throwable> failures) {
        this.prefix = prefix;
        this.failures = failures;
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, prefix + "-" + made.getAndIncrement());
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((dead, failure) -> failures.accept(failure));
        return thread;
    }

    /** A new thread for each task: for the few that may block. */
    static Executor each(String server) {
        AtomicLong made = new AtomicLong();
        return work -> {
            Thread thread = new Thread(work, "edgewire-" + server + "-" + made.getAndIncrement());
            thread.setDaemon(true);
            thread.start();
        };
    }
}
