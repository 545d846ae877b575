package io.edgewire.transport.bio;

import org.jspecify.annotations.Nullable;

/**
 * What is to be done on one connection, whoever does it: its phase, what waits and what keeps it from being done.
 *
 * <p><b>Threads.</b> Guarded by the lock of the {@link Roster}.
 */
final class Agenda {
    private final BioConnection connection;
    final Outbox outbox;
    final Intake intake;
    final Mailbox mailbox;

    Phase phase = Phase.CONNECTING;
    Stopping stopping = Stopping.NO;
    /** The budget's wake-up has been asked for. */
    boolean budgetAsked;

    /** Our FIN follows what is queued, although the connection stays open. */
    private boolean finAsked;

    private boolean finSent;
    private long stopAllowance;
    private boolean inRead;
    private long reads;

    Agenda(BioConnection connection, Outbox outbox, Intake intake, Mailbox mailbox) {
        this.connection = connection;
        this.outbox = outbox;
        this.intake = intake;
        this.mailbox = mailbox;
    }

    /** The callback that is due and that such a worker can make, or null. */
    @Nullable
    Step callback(Worker worker) {
        if (phase == Phase.OPEN) {
            if (stopping == Stopping.DUE || stopping == Stopping.ASKED && intake.userPaused) {
                return Step.TELL_STOPPING;
            } else if (outbox.drainedDue()) {
                return Step.TELL_DRAINED;
            } else if (worker.reader && intake.deliverable(queuePaused())) {
                return Step.DELIVER;
            } else if (worker.reader && intake.finDue()) {
                return Step.TELL_FIN;
            }
        }
        return tasksWait() && worker.mayRunTasks() ? Step.RUN_TASKS : null;
    }

    /** Notes that a callback is being made, so that it is not due any more. */
    void began(Step callback) {
        switch (callback) {
            case TELL_STOPPING -> stopping = Stopping.TOLD;
            case TELL_DRAINED -> outbox.drained();
            case TELL_FIN -> intake.finTold = true;
            default -> {}
        }
    }

    /** What such a worker can give the kernel, or null. */
    @Nullable
    Step writing(Worker worker) {
        if (outbox.writable() > 0) {
            return worker.reader && outbox.kernelFull() ? null : Step.WRITE;
        }
        return finDue() && outbox.isEmpty() ? Step.FIN : null;
    }

    /** Whether {@code send} takes bytes. */
    boolean sends() {
        return phase == Phase.OPEN && !finAsked;
    }

    /** Half-closes. */
    void askFin() {
        finAsked = true;
    }

    private boolean finDue() {
        return phase == Phase.CLOSING || phase == Phase.OPEN && finAsked && !finSent;
    }

    /** Our FIN has been sent; true if that was all there was left to send before the end. */
    boolean finSent() {
        finSent = true;
        if (phase != Phase.CLOSING) {
            return false;
        }
        phase = Phase.FIN_SENT;
        return true;
    }

    boolean tasksWait() {
        return phase.serves() && mailbox.hasReady();
    }

    boolean reading() {
        return phase == Phase.OPEN && !intake.eof && !intake.userPaused && !queuePaused();
    }

    /** Whether the socket may be read: to deliver, or, once closing, to discard. */
    boolean mayRead() {
        boolean discard = phase == Phase.CLOSING || phase == Phase.FIN_SENT;
        return !intake.eof && (discard || reading() && !intake.held);
    }

    void readBegins() {
        inRead = true;
        reads++;
    }

    void readEnds() {
        inRead = false;
    }

    /** The number of the read that the reader is in, or 0. */
    long currentRead() {
        return inRead ? reads : 0;
    }

    /** So many bytes were read, or the end of the stream, or 0 for nothing. */
    void read(int count) {
        intake.read(count, phase == Phase.OPEN);
        stopAllowance -= Math.max(0, count);
    }

    private boolean queuePaused() {
        return outbox.aboveHigh() || budgetHolds();
    }

    /** The budget of all queues is spent, and this connection has a share in that (C-12). */
    private boolean budgetHolds() {
        return phase == Phase.OPEN && !outbox.isEmpty() && connection.budgetSpent();
    }

    /** Whether the budget holds reading up and has to be asked to tell when it does no longer; it is asked once. */
    boolean askBudget() {
        boolean ask = budgetHolds() && !budgetAsked;
        budgetAsked |= ask;
        return ask;
    }

    // Draining (T-5): what had arrived is delivered, and then onStopping is due.

    /** The listener drains. At most so many bytes can have arrived by now, so that a flood ends somewhere. */
    void askToStop(long mostArrived) {
        if (stopping == Stopping.NO) {
            stopping = Stopping.ASKED;
            stopAllowance = mostArrived;
        }
    }

    boolean stopAsked() {
        return stopping == Stopping.ASKED && phase == Phase.OPEN;
    }

    boolean mayHaveArrived() {
        return stopAllowance > 0;
    }

    /** Nothing is left to be delivered first. */
    void stopNow() {
        stopping = Stopping.DUE;
    }

    boolean willNotBeTold() {
        return phase != Phase.OPEN && phase != Phase.CONNECTING;
    }
}
