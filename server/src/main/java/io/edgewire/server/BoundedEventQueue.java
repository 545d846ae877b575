package io.edgewire.server;

import io.edgewire.api.StopOutcome;
import io.edgewire.api.event.EdgeEvent;
import io.edgewire.api.event.EventSink;
import io.edgewire.api.event.ServerEvent;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Stands between those who raise events, who must not wait, and observers that may, such as a console that somebody
 * has paused. Holds a bounded number of events; what does not fit is dropped and counted, and the count is told.
 *
 * <p><b>Threads.</b> {@link #accept} from any thread, without waiting for an observer. Observers are called on the
 * queue's own thread, which begins with the first event.
 *
 * <p><b>Lifecycle.</b> {@link #close} gives observers a bounded time for what is queued; then the rest is dropped.
 *
 * <p><b>Failure.</b> An observer that throws is told to {@link Observer#failed} and gets the next event.
 */
public final class BoundedEventQueue implements EventSink, AutoCloseable {
    /** What stands behind the queue; every method is called on its thread. */
    public interface Observer extends EventSink {
        /** So many events were dropped since the last call; called as soon as there is time. */
        void dropped(long events);

        /** An observer threw. */
        void failed(Throwable cause);

        /** For a second there was no event. */
        default void idle() {}

        /** There will be none any more. */
        default void ended() {}
    }

    /** Ends the queue's thread; told apart by identity. */
    private static final EdgeEvent END = new ServerEvent.Stopped("", StopOutcome.NOT_RUNNING);

    private final ArrayBlockingQueue<EdgeEvent> queue;
    private final Observer observer;
    private final ThreadFactory threads;
    private final Duration closeLimit;
    /** Written by producers that cannot get an event in, taken by the queue's thread. */
    private final AtomicLong dropped = new AtomicLong();
    /** Held for the start of the thread by the first producers, and by {@link #close} for a moment. */
    private final Object beginning = new Object();
    /** Written under {@link #beginning} by the first producer, read by all and by {@link #close}. */
    private volatile @Nullable Thread thread;
    /** Written under {@link #beginning} by {@link #close}, read by producers. */
    private volatile boolean closed;
    /** Written by {@link #close} when its limit has passed, read by the queue's thread. */
    private volatile boolean abandoned;

    /**
     * A queue without a thread yet.
     *
     * @param capacity how many events it holds, 1 or more
     * @param closeLimit how long {@link #close} waits for the observer
     */
    public BoundedEventQueue(int capacity, Observer observer, ThreadFactory threads, Duration closeLimit) {
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.observer = Objects.requireNonNull(observer, "observer");
        this.threads = Objects.requireNonNull(threads, "threads");
        this.closeLimit = Objects.requireNonNull(closeLimit, "closeLimit");
    }

    @Override
    public void accept(EdgeEvent event) {
        if (closed || !queue.offer(event)) {
            dropped.incrementAndGet();
        }
        if (thread == null) {
            begin();
        }
    }

    @Override
    public void close() {
        Thread running;
        synchronized (beginning) {
            closed = true;
            running = thread;
        }
        if (running == null || running == Thread.currentThread()) {
            return;
        }
        long limit = closeLimit.toNanos();
        long start = System.nanoTime();
        try {
            if (queue.offer(END, limit, TimeUnit.NANOSECONDS)) {
                running.join(Math.max(1, (limit - (System.nanoTime() - start)) / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // No interrupt: an observer in the middle of a write would find its file closed.
        abandoned = true;
    }

    /** Under a lock, so that a close finds no thread or one that runs, but none that is yet to start. */
    private void begin() {
        synchronized (beginning) {
            if (thread == null && !closed) {
                Thread made = threads.newThread(this::run);
                made.setName("edgewire-events");
                made.start();
                thread = made;
            }
        }
    }

    private void run() {
        boolean ended = false;
        while (!abandoned && !(ended && queue.isEmpty())) {
            try {
                EdgeEvent event = queue.poll(1, TimeUnit.SECONDS);
                ended |= event == END;
                guarded(event == null ? observer::idle : () -> tell(event));
            } catch (InterruptedException e) {
                // Nobody of ours interrupts this thread; whoever does wants it to end.
                return;
            }
        }
        guarded(observer::ended);
    }

    private void tell(EdgeEvent event) {
        long lost = dropped.getAndSet(0);
        if (lost > 0) {
            observer.dropped(lost);
        }
        if (event != END) {
            observer.accept(event);
        }
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (Throwable e) {
            // The root of this thread: one event that an observer cannot take must not cost the others.
            failed(e);
        }
    }

    private void failed(Throwable cause) {
        try {
            observer.failed(cause);
        } catch (Throwable again) {
            // Nobody is left to be told, and without this thread there would be no log at all.
            dropped.incrementAndGet();
        }
    }
}
