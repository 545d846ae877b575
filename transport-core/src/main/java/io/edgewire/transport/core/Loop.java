package io.edgewire.transport.core;

import io.edgewire.api.Clock;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.event.EdgeEvent;
import io.edgewire.api.event.EventSink;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the connections of one loop share: its thread, its timers and its two buffers. An idle connection owns none.
 *
 * <p>Whoever drives a loop, after each thing that it did calls {@link #settleTouched}, and once a round
 * {@link #runDueTimers} and, when it has freed the descriptors of the closed, {@link #tellClosed}.
 *
 * <p><b>Threads.</b> {@link #inLoop}, {@link #execute} and {@link #nanos} from any, {@link #lookForBlockedHandler} from a
 * watcher's; all else from the loop's own.
 */
public abstract class Loop {
    /** Timers of one round: more have to wait until the network had its turn. */
    private static final int TIMERS_A_ROUND = 1024;

    /** Holds the answer to a largest read with room for its prefix, so that one write takes both. */
    private static final int SCRATCH = 2 * ConnectionOptions.LARGEST_READ;

    private static final ByteBuffer NO_BUFFER = ByteBuffer.allocate(0);

    private final Clock clock;
    private final EventSink events;
    private final TimerHeap timers = new TimerHeap();
    private final ArrayDeque<Settling> touched = new ArrayDeque<>();
    private List<LoopConnection> closed = new ArrayList<>();

    final HandlerWatch watch = new HandlerWatch();
    final SendBudget budget;
    /** What is read into; of no size until {@link #needBuffers}, as the one that follows. */
    ByteBuffer in = NO_BUFFER;
    /** What the running callback sent; empty while none runs. */
    ByteBuffer out = NO_BUFFER;
    /** Whose callback runs. */
    @Nullable
    LoopConnection running;

    /** A loop that reports to the given sink and counts what its connections queue in the given budget. */
    protected Loop(Clock clock, EventSink events, SendBudget budget) {
        this.clock = clock;
        this.events = events;
        this.budget = budget;
    }

    /** Whether the caller is on the loop's thread. */
    public abstract boolean inLoop();

    /**
     * Runs a task on the loop's thread, after what is running now; tasks of one thread in their order. Once the loop
     * has ended, tasks are dropped.
     */
    public abstract void execute(Runnable task);

    /** The clock's time. */
    public final long nanos() {
        return clock.nanos();
    }

    /** The timers of the loop. */
    public final TimerHeap timers() {
        return timers;
    }

    /**
     * Tells of a handler of this loop that does not return (T-14); called every now and then, from another thread but
     * always the same.
     *
     * @param limit how long it may take
     */
    public final void lookForBlockedHandler(Duration limit) {
        watch.look(nanos(), Delays.nanos(limit, "limit"), events);
    }

    /** Reports an event. A sink that throws, which it must not, harms nobody else. */
    public final void tell(EdgeEvent event) {
        Failures.tell(events, event);
    }

    /** Gives an error that belongs to no connection to the thread's handler of uncaught ones; the loop lives on. */
    public final void report(Throwable thrown) {
        Failures.report(thrown);
    }

    /** Runs a piece of the loop's own work so that no error in it ends the loop. */
    public final void guarded(Runnable work) {
        try {
            work.run();
        } catch (Throwable thrown) {
            report(thrown);
        }
        settleTouched();
    }

    /** Sends what was queued, during the last piece of work, on connections other than the one whose turn it was. */
    public final void settleTouched() {
        for (Settling next = touched.poll(); next != null; next = touched.poll()) {
            next.asTouched();
        }
    }

    /**
     * Runs the timers that are due by a time, but no more than a round may and none that these add.
     *
     * @param now read before this round's tasks were taken: a timer that another thread gave before that moment is among
     *     them, so a later one does not overtake it (C-15)
     */
    public final void runDueTimers(long now) {
        int most = Math.min(timers.size(), TIMERS_A_ROUND);
        for (int i = 0; i < most; i++) {
            TimerHeap.Entry due = timers.pollDue(now);
            if (due == null) {
                return;
            }
            guarded(due);
        }
    }

    /** Whether {@link #tellClosed} has something to do. */
    public final boolean hasClosed() {
        return !closed.isEmpty();
    }

    /** Calls {@code onClosed} of those that closed; their descriptors must be free by now. */
    public final void tellClosed() {
        List<LoopConnection> gone = closed;
        closed = new ArrayList<>();
        for (LoopConnection connection : gone) {
            guarded(connection::tellClosed);
        }
    }

    /** A loop on which no connection ever opens, as one that only accepts, needs none. */
    final void needBuffers() {
        if (out == NO_BUFFER) {
            in = ByteBuffer.allocateDirect(ConnectionOptions.LARGEST_READ);
            out = ByteBuffer.allocateDirect(SCRATCH);
        }
    }

    final void touch(Settling settling) {
        touched.add(settling);
    }

    final void closed(LoopConnection connection) {
        closed.add(connection);
    }
}
