package io.edgewire.server;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** Runs what may block: few and short calls, so threads come and go. */
final class BlockingCalls implements Executor, AutoCloseable {
    private final ExecutorService pool;

    BlockingCalls(ThreadFactory threads) {
        pool = Executors.newCachedThreadPool(threads);
    }

    @Override
    public void execute(Runnable call) {
        pool.execute(call);
    }

    /** Takes no more calls; those that run are let be, on daemon threads. */
    @Override
    public void close() {
        pool.shutdown();
    }
}
