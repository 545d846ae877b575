package io.edgewire.transport.bio;

import io.edgewire.transport.core.TimerHeap;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Connections whose handlers have not yet heard {@code onClosed}, and the wait until there are none.
 *
 * <p><b>Threads.</b> Any.
 */
final class Connections {
    private static final long GLANCE = TimeUnit.MILLISECONDS.toNanos(5);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<BioConnection> alive = new HashSet<>();

    void add(BioConnection connection) {
        lock.lock();
        try {
            alive.add(connection);
        } finally {
            lock.unlock();
        }
    }

    void remove(BioConnection connection) {
        lock.lock();
        try {
            alive.remove(connection);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    List<BioConnection> list() {
        lock.lock();
        try {
            return List.copyOf(alive);
        } finally {
            lock.unlock();
        }
    }

    /** Refuses a thread that runs a callback of one of them: it would wait for itself (T-7). */
    void refuseCallback(String call) {
        for (BioConnection connection : list()) {
            if (connection.roster.runsHere()) {
                throw new IllegalStateException(call + " was called from a handler of " + connection
                        + ", which it would wait for: call it from another thread");
            }
        }
    }

    /** Waits until there are none, or for as long as the transport's clock says. */
    boolean awaitNone(Duration limit, BioTimers timers) {
        Alarm alarm = new Alarm();
        timers.add(alarm, timers.now() + limit.toNanos());
        lock.lock();
        try {
            while (!alive.isEmpty() && !alarm.rang) {
                changed.awaitUninterruptibly();
            }
            return alive.isEmpty();
        } finally {
            lock.unlock();
            timers.cancel(alarm);
        }
    }

    /** Waits until there are none, by the machine's clock: for threads that are blocked, not for peers. */
    boolean awaitNone(Duration limit) {
        return await(limit, alive::isEmpty);
    }

    /** Waits until each of them satisfies a condition, which is looked at now and then. */
    void awaitEach(Duration limit, Predicate<BioConnection> condition) {
        long start = System.nanoTime();
        while (!list().stream().allMatch(condition) && System.nanoTime() - start < limit.toNanos()) {
            await(Duration.ofNanos(GLANCE), () -> false);
        }
    }

    private boolean await(Duration limit, BooleanSupplier done) {
        boolean interrupted = false;
        lock.lock();
        try {
            long left = limit.toNanos();
            while (!done.getAsBoolean() && left > 0) {
                long start = System.nanoTime();
                try {
                    left = changed.awaitNanos(left);
                } catch (InterruptedException e) {
                    interrupted = true; // told below; what was begun is finished first
                    left -= System.nanoTime() - start;
                }
            }
            return done.getAsBoolean();
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final class Alarm extends TimerHeap.Entry {
        private boolean rang;

        @Override
        public void run() {
            lock.lock();
            try {
                rang = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
