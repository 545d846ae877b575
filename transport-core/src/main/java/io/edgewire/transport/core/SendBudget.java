package io.edgewire.transport.core;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes all connections of a transport may have queued before it stops reading those that have something
 * queued, and the others but by little (C-12). It refuses nothing: it tells, and tells again when there is room.
 *
 * <p><b>Threads.</b> Any.
 */
public final class SendBudget {
    /**
     * Bytes that a read brings at most while the budget is spent. The answer to a read is what takes a connection from
     * nothing queued to something: thousands that do so at once must not double the budget.
     */
    public static final int READ_WHILE_SPENT = 2 * 1024;

    private final long limit;
    private final AtomicLong queued = new AtomicLong();
    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();

    /** A budget of that many bytes, one or more. */
    public SendBudget(long limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a send budget is one byte or more, not " + limit);
        }
        this.limit = limit;
    }

    /** A quarter of the memory that the JVM may take: what transports use unless told otherwise. */
    public static long quarterOfHeap() {
        return Math.max(1, Runtime.getRuntime().maxMemory() / 4);
    }

    /** Whether more is queued than the budget allows. */
    public boolean spent() {
        return queued.get() > limit;
    }

    /** How many bytes are queued. */
    public long queued() {
        return queued.get();
    }

    /** Counts bytes that were queued, or, negative, that are queued no longer. */
    public void change(long bytes) {
        long after = queued.addAndGet(bytes);
        if (bytes < 0 && after <= limit && after - bytes > limit) {
            wakeAll();
        }
    }

    /**
     * Calls once as soon as there is room, at once if there is.
     *
     * @param wake must not block; called on the thread that made room. Asking again with the same object changes
     *     nothing
     */
    public void whenFree(Runnable wake) {
        waiting.add(wake);
        if (!spent()) {
            // Room was made between the caller's look and the line above, by someone who did not see it wait.
            wakeAll();
        }
    }

    /** Takes {@link #whenFree} back. */
    public void forget(Runnable wake) {
        waiting.remove(wake);
    }

    /** How many wait for room. */
    public int waiting() {
        return waiting.size();
    }

    private void wakeAll() {
        for (Runnable wake : waiting) {
            if (waiting.remove(wake)) {
                wake.run();
            }
        }
    }
}
