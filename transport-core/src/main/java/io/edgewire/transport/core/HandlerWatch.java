package io.edgewire.transport.core;

import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.api.event.EventSink;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a handler that does not return (T-14). Whoever runs handlers says where it begins and ends by a few ordinary
 * stores; it reads no clock for this and allocates nothing. A watcher on another thread looks now and then: one call
 * that it still meets after the limit is blocked, and told once, and once more when it is over.
 *
 * <pre>
 *  look:    2 ──▶ 3          3            3               4
 *              first met   younger    blocked: told   over: told
 * </pre>
 *
 * <p><b>Threads.</b> {@link #begin} and {@link #end}: one at a time, each happening-before the next. {@link #look}: the
 * watcher's, one at a time.
 */
public final class HandlerWatch {
    /** Odd while a handler runs. */
    private final AtomicLong turns = new AtomicLong();

    // Written before the turn becomes odd, so that who has seen that sees them.
    private long id;
    private @Nullable InetSocketAddress remote;
    private @Nullable Thread thread;

    // The watcher's.
    private long metTurn;
    private long metAt;
    private ConnectionEvent.@Nullable HandlerBlocked told;

    /** A watch on whom nothing runs yet. */
    public HandlerWatch() {}

    /** The caller goes into the handler of a connection. */
    public void begin(long connection, InetSocketAddress peer) {
        VarHandle.storeStoreFence(); // the end of the turn before is seen before any of these
        id = connection;
        remote = peer;
        thread = Thread.currentThread();
        turns.lazySet(turns.getPlain() + 1);
    }

    /** The caller is back. */
    public void end() {
        turns.lazySet(turns.getPlain() + 1);
    }

    /**
     * Looks whether the handler that runs has been met before.
     *
     * @param now by a clock that the caller chooses; a call is as old as the first look that met it, so a clock that
     *     jumps between two looks makes none older than it is
     * @param limit nanoseconds; one that is met again after as many is told
     */
    public void look(long now, long limit, EventSink events) {
        long turn = turns.getAcquire();
        if (turn != metTurn) {
            tellOver(now, events);
            metTurn = turn;
            metAt = now;
        } else if (turn % 2 != 0 && told == null && now - metAt >= limit) {
            tellBlocked(turn, Duration.ofNanos(now - metAt), events);
        }
    }

    /** Whether one was told that has not been told to be over; for the watcher. */
    public boolean owesTheEnd() {
        return told != null;
    }

    private void tellBlocked(long turn, Duration age, EventSink events) {
        long connection = id;
        InetSocketAddress peer = remote;
        Thread runs = thread;
        if (peer == null || runs == null) {
            return;
        }
        List<StackTraceElement> stack = List.of(runs.getStackTrace());
        VarHandle.loadLoadFence();
        if (turns.getOpaque() == turn) { // else it has just returned, and the stack may be of something else
            told = new ConnectionEvent.HandlerBlocked(connection, peer, runs.getName(), age, stack);
            Failures.tell(events, told);
        }
    }

    private void tellOver(long now, EventSink events) {
        if (told != null) {
            Failures.tell(
                    events,
                    new ConnectionEvent.HandlerReturned(
                            told.id(), told.remote(), told.thread(), Duration.ofNanos(now - metAt)));
            told = null;
        }
    }
}
