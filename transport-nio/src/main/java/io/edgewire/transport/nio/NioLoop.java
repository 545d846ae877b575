package io.edgewire.transport.nio;

import io.edgewire.api.Clock;
import io.edgewire.api.Registration;
import io.edgewire.api.event.EventSink;
import io.edgewire.transport.core.Loop;
import io.edgewire.transport.core.SendBudget;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One thread and one selector. A round is: wait for channels, tasks or a timer; serve the channels; run the tasks that
 * were there; run the timers that are due; free what closed and tell it.
 *
 * <p><b>Threads.</b> {@link #execute}, {@link #inLoop}, {@link #wake} and {@link #end} from any; all else its own.
 */
final class NioLoop extends Loop {
    /** Tasks of one round: more have to wait until the channels had their turn. */
    private static final int TASKS_A_ROUND = 1024;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final Consumer<SelectionKey> LATER = key -> {};

    private final String name;
    private final Thread thread;
    private final Registration jumps;
    private final Consumer<SelectionKey> serve = this::serve;
    private final SpinGuard spinGuard = new SpinGuard();

    /** Given by any thread, run by the loop. */
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    /** Set by the loop before it looks whether it may sleep, cleared by the one who wakes it: one wake-up a sleep. */
    private final AtomicBoolean asleep = new AtomicBoolean();
    /** To run when the descriptors of the channels closed in this round are free. */
    private List<Runnable> onFreed = new ArrayList<>();

    /** Read by those who wake it, written by the loop, both under the lock of this. */
    private Selector selector;

    /** The timers' turn is among the tasks. */
    private boolean timersQueued;

    private boolean ending;
    /** Written by the loop as its last act: tasks given later are dropped. */
    private volatile boolean ended;
    /** How often it looked; written by the loop, read by tests. */
    private volatile long rounds;

    NioLoop(String name, Selector selector, ThreadFactory threads, Clock clock, EventSink events, SendBudget budget) {
        super(clock, events, budget);
        this.name = name;
        this.selector = selector;
        thread = threads.newThread(this::run);
        jumps = clock.onJump(this::wake);
    }

    void start() {
        thread.start();
    }

    @Override
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void execute(Runnable task) {
        if (!ended) {
            tasks.add(task);
            if (!inLoop()) {
                wake();
            }
        }
    }

    void wake() {
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            wakeSelector();
        }
    }

    /** Ends the thread when it has run what was given before and told those that closed. */
    void end() {
        execute(() -> ending = true);
    }

    /** Waits for the thread to end; one whose handler does not return is left behind when the limit is over. */
    void awaitEnd(Duration limit) {
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, limit.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives up a loop, whether it was started or not. */
    void discard() {
        if (thread.isAlive()) {
            end();
            return;
        }
        jumps.close();
        try {
            selector.close();
        } catch (IOException e) {
            report(e);
        }
    }

    long rounds() {
        return rounds;
    }

    // Its own thread's.

    SelectionKey register(SelectableChannel channel, int operations, Ready ready) throws IOException {
        return channel.register(selector, operations, ready);
    }

    /** Runs a piece of work when the descriptors of the channels that were closed so far are free. */
    void whenFreed(Runnable work) {
        onFreed.add(work);
    }

    /** The one root of the thread: nothing ends it but {@link #end}. */
    private void run() {
        thread.setName(name);
        while (!ending) {
            try {
                round();
            } catch (Throwable thrown) { // of the loop's own work, or no memory: the connections must not die of it
                report(thrown);
            }
        }
        guarded(this::finish);
        ended = true;
    }

    private void round() throws IOException {
        rounds++;
        select();
        settleTouched();
        runTasksAndTimers();
        free();
    }

    private void select() throws IOException {
        asleep.set(true);
        long nanos = tasks.isEmpty() ? untilNextTimer() : 0;
        int count = nanos == 0 ? selector.selectNow(serve) : selector.select(serve, millis(nanos));
        boolean woken = !asleep.getAndSet(false);
        if (count > 0 || woken || nanos == 0 || untilNextTimer() == 0) {
            spinGuard.justified();
        } else if (Thread.interrupted()) {
            spinGuard.justified(); // a handler's doing; left set, no select would sleep again
        } else if (spinGuard.premature()) {
            rebuild();
        }
    }

    private long untilNextTimer() {
        return timers().untilNext(nanos());
    }

    /** Rounded up, for a timer is never early; 0 is for ever. */
    private static long millis(long nanos) {
        return nanos == Long.MAX_VALUE ? 0 : (nanos - 1) / NANOS_PER_MILLI + 1;
    }

    private void serve(SelectionKey key) {
        Ready ready = (Ready) key.attachment();
        try {
            if (key.isValid()) { // an earlier one of this round may have closed it
                ready.ready(key.readyOps());
            }
        } catch (Throwable thrown) {
            ready.failed(thrown);
        }
        settleTouched();
    }

    /**
     * The timers that are due now have their turn behind the tasks that are there now, of which one may be an earlier
     * timer of another thread (C-15); if those are more than a round runs, in a round to come.
     */
    private void runTasksAndTimers() {
        long now = nanos();
        for (int i = 0; i < TASKS_A_ROUND; i++) {
            Runnable task = tasks.poll();
            if (task == null) {
                runDueTimers(now);
                return;
            }
            guarded(task);
        }
        if (!timersQueued) {
            tasks.add(() -> {
                timersQueued = false;
                runDueTimers(now);
            });
            timersQueued = true;
        }
    }

    /** A closed channel that is registered keeps its descriptor, and a listener its port, until the next select. */
    private void free() throws IOException {
        while (hasClosed() || !onFreed.isEmpty()) {
            selector.selectNow(LATER);
            List<Runnable> freed = onFreed;
            onFreed = new ArrayList<>();
            freed.forEach(this::guarded);
            tellClosed();
        }
    }

    /** Some kernels let a selector return again and again with nothing; a new one has been the cure. */
    void rebuild() throws IOException {
        Selector fresh = Selector.open();
        for (SelectionKey key : selector.keys()) {
            Ready ready = (Ready) key.attachment();
            try {
                if (key.isValid()) {
                    ready.moveTo(fresh, key);
                }
            } catch (Throwable thrown) { // one that is left behind would never be served again
                ready.failed(thrown);
            }
        }
        replaceSelector(fresh);
    }

    private void finish() {
        jumps.close();
        for (SelectionKey key : selector.keys()) {
            guarded(() -> ((Ready) key.attachment()).failed(new IOException("the transport was closed")));
        }
        try {
            free();
            closeSelector();
        } catch (IOException e) {
            report(e);
        }
    }

    // Under a lock, for a wake-up that comes late must not meet a selector that is closed.

    private synchronized void wakeSelector() {
        if (selector.isOpen()) {
            selector.wakeup();
        }
    }

    private synchronized void replaceSelector(Selector fresh) throws IOException {
        Selector old = selector;
        selector = fresh;
        old.close();
    }

    private synchronized void closeSelector() throws IOException {
        selector.close();
    }
}
