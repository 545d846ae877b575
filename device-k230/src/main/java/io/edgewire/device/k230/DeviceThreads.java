package io.edgewire.device.k230;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that a station's blocking device calls wait on: made when one is needed, gone when it is not. */
public final class DeviceThreads {
    private static final Duration REST = Duration.ofSeconds(5);

    private DeviceThreads() {}

    /**
     * An executor that needs no closing: its threads end when they have rested for five seconds, and a board that hangs
     * does not keep the JVM alive.
     */
    public static Executor create() {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, REST.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "edgewire-device-" + number.getAndIncrement());
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
