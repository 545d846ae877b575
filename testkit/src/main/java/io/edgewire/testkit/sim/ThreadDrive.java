package io.edgewire.testkit.sim;

import io.edgewire.api.Clock;
import io.edgewire.api.Registration;
import io.edgewire.transport.core.Delays;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A thread turns the loop of the transport, as on real sockets: for handlers that block, and time that is another's. */
final class ThreadDrive implements Drive {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Object lock;
    private final Map<SimulatedLoop, Thread> running = new ConcurrentHashMap<>();

    ThreadDrive(Object lock) {
        this.lock = lock;
    }

    @Override
    public boolean await(BooleanSupplier done, Clock by, long start, Duration limit) {
        boolean interrupted = false;
        long nanos = Delays.nanos(limit, "limit");
        Registration jumps = by.onJump(this::changedOutside);
        try {
            synchronized (lock) {
                long left = nanos - (by.nanos() - start);
                while (!done.getAsBoolean() && left > 0) {
                    try {
                        lock.wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
                    } catch (InterruptedException e) {
                        interrupted = true; // the wait has its limit already; the flag is restored after it
                    }
                    left = nanos - (by.nanos() - start);
                }
                return done.getAsBoolean();
            }
        } finally {
            jumps.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean await(BooleanSupplier done, Duration limit) {
        return await(done, Clock.SYSTEM, Clock.SYSTEM.nanos(), limit);
    }

    @Override
    public void changed() {
        lock.notifyAll();
    }

    @Override
    public Duration patience() {
        return PATIENCE;
    }

    @Override
    public void begin(SimulatedLoop loop, ThreadFactory threads) {
        Thread thread = threads.newThread(() -> run(loop));
        running.put(loop, thread);
        thread.start();
    }

    @Override
    public void join(SimulatedLoop loop, Duration limit) {
        Thread thread = running.get(loop);
        if (thread == null) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, limit.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(SimulatedLoop loop) {
        Thread.currentThread().setName("edgewire-sim");
        Registration jumps = loop.clock().onJump(this::changedOutside);
        try {
            while (!loop.hasEnded()) {
                if (!loop.act()) {
                    rest(loop);
                }
            }
        } finally {
            jumps.close();
        }
    }

    /** Every change of what the loop looks at is told under the lock, so none is missed between the look and the wait. */
    private void rest(SimulatedLoop loop) {
        synchronized (lock) {
            if (!loop.hasWork() && !loop.hasEnded()) {
                try {
                    lock.wait(loop.millisUntilTimer());
                } catch (InterruptedException e) {
                    Thread.interrupted(); // a handler's doing; left set, no wait would sleep again
                }
            }
        }
    }

    private void changedOutside() {
        synchronized (lock) {
            lock.notifyAll();
        }
    }
}
