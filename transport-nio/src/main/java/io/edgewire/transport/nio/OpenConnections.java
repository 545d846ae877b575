package io.edgewire.transport.nio;

import io.edgewire.api.Clock;
import io.edgewire.api.CloseReason;
import io.edgewire.api.Registration;
import io.edgewire.transport.core.ConnectionOwner;
import io.edgewire.transport.core.LoopConnection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The connections of one listener, or the outgoing ones, until their handlers have heard {@code onClosed}; and the
 * place to wait for that.
 *
 * <p><b>Threads.</b> Any.
 */
final class OpenConnections implements ConnectionOwner {
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<LoopConnection> open = new HashSet<>();
    /** Until the port is free there is something to wait for, and more may come. */
    private boolean complete;
    /** Each has heard {@code onStopping}, but for those that the transport itself has paused. */
    private boolean draining;

    OpenConnections(Clock clock) {
        this.clock = clock;
    }

    void add(LoopConnection connection) {
        locked(() -> open.add(connection));
    }

    @Override
    public void released(LoopConnection connection) {}

    @Override
    public void gone(LoopConnection connection) {
        locked(() -> open.remove(connection));
    }

    /** No more will be added. */
    void complete() {
        locked(() -> complete = true);
    }

    /** No more will be added, and those that are here drain. What was added last is on its way to its loop already. */
    void drain() {
        complete();
        AtomicInteger left = new AtomicInteger(1);
        Runnable begun = () -> {
            if (left.decrementAndGet() == 0) {
                locked(() -> draining = true);
            }
        };
        each(connection -> {
            left.incrementAndGet();
            connection.drain(begun);
        });
        begun.run();
    }

    private void each(Consumer<LoopConnection> action) {
        List<LoopConnection> all;
        lock.lock();
        try {
            all = List.copyOf(open);
        } finally {
            lock.unlock();
        }
        all.forEach(action);
    }

    void abortAll(CloseReason reason) {
        each(connection -> connection.abort(reason));
    }

    /** Waits, by the transport's clock, until it is complete and empty; false if the time was over before. */
    boolean awaitNone(long start, Duration limit) {
        return await(() -> complete && open.isEmpty(), clock, start, limit);
    }

    /** The same by the machine's clock, for handlers that do not return while a clock of tests stands still. */
    boolean awaitNoneInRealTime(Duration limit) {
        return await(() -> complete && open.isEmpty(), Clock.SYSTEM, Clock.SYSTEM.nanos(), limit);
    }

    /** Waits, by the machine's clock, until the draining has begun everywhere. */
    boolean awaitDraining(Duration limit) {
        return await(() -> draining, Clock.SYSTEM, Clock.SYSTEM.nanos(), limit);
    }

    private boolean await(BooleanSupplier done, Clock by, long start, Duration limit) {
        LongSupplier left = () -> limit.toNanos() - (by.nanos() - start);
        Registration jumps = by.onJump(() -> locked(() -> {}));
        boolean interrupted = false;
        lock.lock();
        try {
            while (!done.getAsBoolean() && left.getAsLong() > 0) {
                try {
                    changed.awaitNanos(left.getAsLong());
                } catch (InterruptedException e) {
                    interrupted = true; // the wait has its limit already; the flag is restored after it
                }
            }
            return done.getAsBoolean();
        } finally {
            lock.unlock();
            jumps.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
