package io.edgewire.transport.bio;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who does what on one connection: the heart of this transport. Its threads ask {@link #next} what to do, do it without
 * the lock, tell that it is done and ask again.
 *
 * <ul>
 *   <li>The <b>token</b> ({@link #runner}): whoever holds it runs callbacks, so they never overlap (C-1).
 *   <li>The <b>writer</b>: at most one thread gives bytes to the kernel, never while it holds the token.
 *   <li>The <b>reader</b> is the connection's own thread. It delivers, and writes what the kernel takes at once; for
 *       what it would have to wait for, and for whatever comes up while it blocks in a read, a <b>helper</b> is taken.
 * </ul>
 *
 * A thread is <em>about</em> if it will ask again before it blocks. While one is, nobody has to be called: so a helper
 * is started only when there is work and nobody is about. Whoever leaves the lock by {@link #exit} sees to that.
 *
 * <p><b>Threads.</b> Everything is guarded by the lock, which is held for a few instructions and never during a
 * callback, a read or a write.
 */
final class Roster {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private final Worker anyHelper = new Worker(false);

    private final BioConnection connection;
    final Outbox outbox;
    final Intake intake;
    final Mailbox mailbox;
    final Wire wire;
    final Watch watch;
    final Worker reader = new Worker(true);

    Phase phase = Phase.CONNECTING;
    Stopping stopping = Stopping.NO;
    /** The budget's wake-up has been asked for. */
    boolean budgetAsked;

    /** Who runs a callback. Written under the lock; read without it only by a thread that asks about itself. */
    private volatile @Nullable Thread runner;

    private @Nullable Thread writer;
    /** Threads that are about; the reader is from the beginning. */
    private int about = 1;

    private boolean parked;
    private boolean inRead;
    private long reads;
    private int stopAllowance;

    Roster(BioConnection connection, Outbox outbox, Intake intake, Mailbox mailbox, Wire wire, Watch watch) {
        this.connection = connection;
        this.outbox = outbox;
        this.intake = intake;
        this.mailbox = mailbox;
        this.wire = wire;
        this.watch = watch;
    }

    void enter() {
        lock.lock();
    }

    /** Leaves the lock, and calls somebody if there is work and nobody is about. */
    void exit() {
        boolean help = false;
        if (lock.getHoldCount() == 1) {
            watch.look(reading(), outbox.writable() > 0);
            help = about == 0 && callSomebody();
        }
        lock.unlock();
        if (help) {
            connection.startHelper();
        }
    }

    boolean runsHere() {
        return runner == Thread.currentThread();
    }

    boolean reading() {
        return phase == Phase.OPEN && !intake.eof && !intake.userPaused && !queuePaused();
    }

    /** Established: the caller, who is the reader, holds the token for {@code onOpen}. False if it ended meanwhile. */
    boolean open() {
        enter();
        try {
            if (phase != Phase.CONNECTING) {
                return false;
            }
            phase = Phase.OPEN;
            runner = Thread.currentThread();
            watch.opened();
            return true;
        } finally {
            exit();
        }
    }

    /** What the calling thread does next; it holds the token or is the writer where the step needs that. */
    Step next(Worker worker) {
        enter();
        try {
            Step step = null;
            while (step == null) {
                step = phase == Phase.ENDED ? Step.LEAVE : choose(worker);
            }
            if (step == Step.LEAVE) {
                about--;
            }
            return step;
        } finally {
            exit();
        }
    }

    private @Nullable Step choose(Worker worker) {
        Step write = writer == null ? writing(worker) : null;
        Step callback = runner == null ? callback(worker) : null;
        if (callback != null && (write == null || !worker.flushFirst())) {
            takeToken(worker, callback);
            return callback;
        } else if (write != null) {
            takeWriting(worker);
            return write;
        } else if (runner == null && mailbox.hasReady() && phase.serves() && (!worker.reader || !mayRead())) {
            worker.turnedToSocket(); // nothing to do at the socket: the tasks go on
            return null;
        }
        return worker.reader ? rest() : Step.LEAVE;
    }

    private @Nullable Step callback(Worker worker) {
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
        return phase.serves() && mailbox.hasReady() && worker.mayRunTasks() ? Step.RUN_TASKS : null;
    }

    private @Nullable Step writing(Worker worker) {
        if (outbox.writable() > 0) {
            return worker.reader && outbox.kernelFull() ? null : Step.WRITE;
        }
        return phase == Phase.CLOSING && outbox.isEmpty() && !outbox.batchOpen() ? Step.FIN : null;
    }

    private void takeToken(Worker worker, Step callback) {
        runner = Thread.currentThread();
        switch (callback) {
            case TELL_STOPPING -> stopping = Stopping.TOLD;
            case TELL_DRAINED -> outbox.drained();
            case TELL_FIN -> intake.finTold = true;
            case RUN_TASKS -> worker.ranTasks();
            default -> {}
        }
    }

    private void takeWriting(Worker worker) {
        writer = Thread.currentThread();
        worker.wrote();
        if (!worker.reader) {
            worker.turnedToSocket();
            about--; // it may block
        }
    }

    /** The reader's rest: to read, or to wait. Null: something has become due, look again. */
    private @Nullable Step rest() {
        if (intake.eof && phase == Phase.FIN_SENT) {
            return Step.LEAVE;
        }
        if (mayRead()) {
            return stopping == Stopping.ASKED && phase == Phase.OPEN ? lookForArrivals() : startRead();
        }
        if (budgetHolds() && !budgetAsked) {
            budgetAsked = true;
            return Step.ASK_BUDGET;
        }
        if (intake.finTold && stopping == Stopping.ASKED && phase == Phase.OPEN) {
            stopping = Stopping.DUE;
            return null;
        }
        parked = true;
        reader.turnedToSocket();
        about--;
        return Step.PARK;
    }

    private boolean mayRead() {
        boolean discard = phase == Phase.CLOSING || phase == Phase.FIN_SENT;
        return !intake.eof && (discard || reading() && !intake.held);
    }

    /** The listener drains: what has arrived by now comes first, the FIN included (T-5). */
    private @Nullable Step lookForArrivals() {
        if (stopAllowance > 0 && writer == null) {
            writer = Thread.currentThread(); // the probe sets the mode of the whole socket
            return Step.PROBE;
        } else if (stopAllowance > 0 && !wire.nothingArrived()) {
            return startRead();
        }
        stopping = Stopping.DUE;
        return null;
    }

    private Step startRead() {
        inRead = true;
        reads++;
        reader.turnedToSocket();
        about--;
        return Step.READ;
    }

    /** The read has returned: so many bytes, or the end of the stream, or 0 for a failure. */
    void readDone(int count) {
        enter();
        try {
            inRead = false;
            about++;
            took(count);
        } finally {
            exit();
        }
    }

    /** The probe has returned: so many bytes, or the end of the stream, or 0 if nothing had arrived. */
    void probeDone(int count) {
        enter();
        try {
            writer = null;
            if (count == 0) {
                stopping = Stopping.DUE;
            }
            took(count);
        } finally {
            exit();
        }
    }

    private void took(int count) {
        intake.read(count, phase == Phase.OPEN);
        if (count > 0) {
            stopAllowance -= count;
            watch.received();
        }
    }

    /** The callback has returned. */
    void callbackDone(Worker worker, Step callback) {
        enter();
        try {
            runner = null;
            worker.ranCallback();
            outbox.closeBatch();
            if (callback == Step.DELIVER) {
                intake.held = false;
            }
            wakeReader();
        } finally {
            exit();
        }
    }

    /** The write has returned: so many bytes were taken of as many as were given. */
    void writeDone(Worker worker, int count, int given) {
        enter();
        try {
            writer = null;
            if (!worker.reader) {
                about++;
            }
            if (count > 0) {
                outbox.taken(count);
                watch.sent();
            }
            if (worker.reader && count < given) {
                outbox.kernelIsFull();
            }
            wakeReader();
        } finally {
            exit();
        }
    }

    /** Waits a moment, by the machine's clock, for the thread that writes, if one does; whether bytes were taken. */
    boolean awaitWriter(Duration limit) {
        enter();
        try {
            long before = outbox.sent();
            long left = limit.toNanos();
            while (writer != null && outbox.sent() == before && left > 0) {
                left = wake.awaitNanos(left);
            }
            return outbox.sent() != before;
        } catch (InterruptedException e) {
            return false; // nobody has a reason to interrupt these threads
        } finally {
            exit();
        }
    }

    /** Our FIN has been sent, or that failed and the connection has ended. */
    void finDone(Worker worker) {
        enter();
        try {
            writer = null;
            if (!worker.reader) {
                about++;
            }
            if (phase == Phase.CLOSING) {
                phase = Phase.FIN_SENT;
                watch.finSent();
            }
            wakeReader();
        } finally {
            exit();
        }
    }

    /** Under the lock: the reader is to look again. */
    void wakeReader() {
        if (parked) {
            parked = false;
            about++;
        }
        wake.signalAll();
    }

    /** The reader waits until it is woken. */
    void park() {
        enter();
        try {
            while (parked) {
                wake.awaitUninterruptibly();
            }
        } finally {
            exit();
        }
    }

    /** The reader, after the end: waits until every other thread is out and takes the token for good. */
    void awaitAlone() {
        enter();
        try {
            while (writer != null || runner != null && !runsHere()) {
                wake.awaitUninterruptibly();
            }
            runner = Thread.currentThread();
            mailbox.clear();
        } finally {
            exit();
        }
    }

    /** Under the lock: whether no thread is writing. */
    boolean nobodyWrites() {
        return writer == null;
    }

    /** A helper was promised but could not be started. */
    void helperFailed() {
        lock.lock();
        about--;
        lock.unlock(); // not exit: that would try again at once
    }

    private boolean queuePaused() {
        return outbox.aboveHigh() || budgetHolds();
    }

    /** The budget of all queues is spent, and this connection has a share in that (C-12). */
    private boolean budgetHolds() {
        return phase == Phase.OPEN && !outbox.isEmpty() && connection.budgetSpent();
    }

    /** Nobody is about: wakes the reader if it can do what is to be done, or answers that a helper is needed. */
    private boolean callSomebody() {
        if (parked && hasWork(reader)) {
            wakeReader();
            return false;
        } else if (hasWork(anyHelper)) {
            about++;
            return true;
        }
        return false;
    }

    private boolean hasWork(Worker worker) {
        return phase.serves()
                && (runner == null && callback(worker) != null || writer == null && writing(worker) != null);
    }

    // Draining (T-5).

    /** The listener drains: what has arrived by now is delivered first. */
    void askToStop() {
        enter();
        try {
            if (stopping == Stopping.NO) {
                stopping = Stopping.ASKED;
                stopAllowance = wire.receiveBuffer();
                wakeReader();
            }
        } finally {
            exit();
        }
    }

    /**
     * The number of the read that the reader seems to be blocked in with nothing there, or 0. It may just have been
     * given bytes and not have come to say so: so ask twice, with a pause, before it is believed.
     */
    long quietRead() {
        enter();
        try {
            return inRead && stopping == Stopping.ASKED && phase == Phase.OPEN && wire.nothingArrived() ? reads : 0;
        } finally {
            exit();
        }
    }

    /** Nothing had arrived: {@code onStopping} may be called although the reader is in that read. */
    void stopUnlessRead(long read) {
        enter();
        try {
            if (read != 0 && quietRead() == read) {
                stopping = Stopping.DUE;
            }
        } finally {
            exit();
        }
    }

    /** Whether {@code onStopping} has been called and has returned, or will not be. */
    boolean toldOfStop() {
        enter();
        try {
            return phase != Phase.OPEN && phase != Phase.CONNECTING || stopping == Stopping.TOLD && runner == null;
        } finally {
            exit();
        }
    }
}
