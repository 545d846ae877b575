package io.edgewire.transport.core;

import io.edgewire.api.ConnectionTimeouts;
import io.edgewire.transport.core.ConnectionDeadlines.Due;

/**
 * The one timer that watches all {@link ConnectionDeadlines} of a {@link LoopConnection}. It is in the heap only while
 * something is waited for, and is not moved when bytes move.
 *
 * <p><b>Threads.</b> The loop's.
 */
final class DeadlineTimer extends TimerHeap.Entry {
    private final LoopConnection connection;
    private final Loop loop;
    private final ConnectionDeadlines deadlines;
    private boolean reading = true;
    private boolean waiting;

    DeadlineTimer(LoopConnection connection, Loop loop, ConnectionTimeouts timeouts) {
        this.connection = connection;
        this.loop = loop;
        deadlines = new ConnectionDeadlines(timeouts);
    }

    void opened() {
        long now = loop.nanos();
        deadlines.opened(now);
        arm(now);
    }

    void received() {
        deadlines.received(loop.nanos());
    }

    void sent() {
        deadlines.sent(loop.nanos());
    }

    void reading(boolean on) {
        if (on != reading) {
            reading = on;
            long now = loop.nanos();
            deadlines.reading(on, now);
            arm(now);
        }
    }

    void waiting(boolean some) {
        if (some != waiting) {
            waiting = some;
            long now = loop.nanos();
            deadlines.waiting(some, now);
            arm(now);
        }
    }

    void finSent() {
        long now = loop.nanos();
        deadlines.finSent(now);
        arm(now);
    }

    void cancel() {
        loop.timers().cancel(this);
    }

    /** It may be too early, for bytes moved since it was armed: then it sleeps again. */
    @Override
    public void run() {
        long now = loop.nanos();
        Due due = deadlines.due(now);
        if (due == Due.NOTHING) {
            arm(now);
        } else {
            connection.overdue(due);
        }
    }

    /** Only ever brings the timer nearer. */
    private void arm(long now) {
        long left = deadlines.untilNext(now);
        if (left == Long.MAX_VALUE) {
            return;
        }
        long due = now + Math.max(0, left);
        if (!scheduled()) {
            loop.timers().add(this, due);
        } else if (due - due() < 0) {
            loop.timers().cancel(this);
            loop.timers().add(this, due);
        }
    }
}
