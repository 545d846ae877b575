package io.edgewire.transport.bio;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers the threads that it makes, and can be made to give none, as a system without processes does. */
final class ScarceThreads implements ThreadFactory {
    private final List<Thread> made = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();

    @Override
    public Thread newThread(Runnable task) {
        if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        made.add(thread);
        return thread;
    }

    /** The next so many threads are refused. */
    void refuse(int times) {
        refusals.set(times);
    }

    boolean refusedAll() {
        return refusals.get() == 0;
    }

    /** The names of those that were made and have not ended. */
    List<String> alive() {
        return made.stream().filter(Thread::isAlive).map(Thread::getName).toList();
    }

    /** The names of all that were ever made. */
    List<String> made() {
        return made.stream().map(Thread::getName).toList();
    }
}
