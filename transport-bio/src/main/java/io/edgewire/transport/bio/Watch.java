package io.edgewire.transport.bio;

import io.edgewire.api.CloseReason;
import io.edgewire.api.ConnectionTimeouts;
import io.edgewire.transport.core.ConnectionDeadlines;
import io.edgewire.transport.core.ConnectionDeadlines.Due;
import io.edgewire.transport.core.TimerHeap;
import java.time.Duration;

/**
 * One connection's deadlines and the one timer that they share. The timer is not set anew for each byte: when it fires
 * early it looks at the last one's moment and sleeps again.
 *
 * <p><b>Threads.</b> Guarded by the connection's lock, which {@code run} and {@code lookAtDeadlines} take themselves.
 */
final class Watch extends TimerHeap.Entry {
    private static final long UNSET = Long.MAX_VALUE;

    private final BioTimers timers;
    private final BioConnection connection;
    private final ConnectionDeadlines deadlines;
    private boolean armed;
    private long armedFor;
    private boolean reading;
    private boolean waiting;
    private boolean opened;
    private long openedAt;

    Watch(BioTimers timers, BioConnection connection, ConnectionTimeouts timeouts) {
        this.timers = timers;
        this.connection = connection;
        this.deadlines = new ConnectionDeadlines(timeouts);
    }

    void opened() {
        opened = true;
        openedAt = timers.now();
        deadlines.opened(openedAt);
        reading = true;
        arm(openedAt);
    }

    /** How long it has been open. */
    Duration age() {
        return opened ? Duration.ofNanos(Math.max(0, timers.now() - openedAt)) : Duration.ZERO;
    }

    void received() {
        deadlines.received(timers.now());
    }

    void sent() {
        deadlines.sent(timers.now());
    }

    void finSent() {
        long now = timers.now();
        reading = false;
        waiting = false;
        deadlines.finSent(now);
        arm(now);
    }

    /** Notices that reading was paused or goes on, and that bytes wait or wait no longer. */
    void look(boolean readingNow, boolean waitingNow) {
        if (readingNow == reading && waitingNow == waiting) {
            return;
        }
        long now = timers.now();
        if (readingNow != reading) {
            reading = readingNow;
            deadlines.reading(readingNow, now);
        }
        if (waitingNow != waiting) {
            waiting = waitingNow;
            deadlines.waiting(waitingNow, now);
        }
        if (readingNow || waitingNow) {
            arm(now);
        }
    }

    void cancel() {
        timers.cancel(this);
    }

    @Override
    public void run() {
        lookAtDeadlines();
    }

    /** Ends the connection if something is due; otherwise the timer is set again. */
    void lookAtDeadlines() {
        switch (overdue()) {
            case IDLE -> connection.end(CloseReason.IDLE, "", false); // nothing is on its way: FIN says it more gently
            case WRITE_STALLED -> StallCheck.start(connection);
            case LIFETIME -> connection.end(CloseReason.LIMIT, "lifetime", true);
            case PEER_FIN -> connection.end(CloseReason.LOCAL, "", false); // the reason of the close stands
            case NOTHING -> {}
        }
    }

    /** Whether the write timeout has passed, by what the writer has told so far. */
    boolean stalled() {
        connection.roster.enter();
        try {
            return connection.agenda.phase != Phase.ENDED && deadlines.due(timers.now()) == Due.WRITE_STALLED;
        } finally {
            connection.roster.exit();
        }
    }

    private Due overdue() {
        connection.roster.enter();
        try {
            armed = false;
            long now = timers.now();
            Due due = connection.agenda.phase == Phase.ENDED ? Due.NOTHING : deadlines.due(now);
            if (due == Due.NOTHING && connection.agenda.phase != Phase.ENDED) {
                arm(now);
            }
            return due;
        } finally {
            connection.roster.exit();
        }
    }

    private void arm(long now) {
        long left = deadlines.untilNext(now);
        if (left == UNSET || armed && armedFor - (now + left) <= 0) {
            return;
        }
        armed = true;
        armedFor = now + left;
        timers.add(this, armedFor);
    }
}
