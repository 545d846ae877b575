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
    private final Agenda agenda;
    private final Wire wire;
    private final Watch watch;
    final Worker reader = new Worker(true);

    /** Who runs a callback. Written under the lock; read without it only by a thread that asks about itself. */
    private volatile @Nullable Thread runner;

    private @Nullable Thread writer;
    /** Threads that are about; the reader is from the beginning. */
    private int about = 1;

    private boolean parked;

    Roster(BioConnection connection, Agenda agenda, Wire wire, Watch watch) {
        this.connection = connection;
        this.agenda = agenda;
        this.wire = wire;
        this.watch = watch;
    }

    void enter() {
        lock.lock();
    }

    /** Leaves the lock, and calls somebody if there is work and nobody is about. */
    void exit() {
        boolean help = false;
        try {
            if (lock.getHoldCount() == 1) {
                watch.look(agenda.reading(), agenda.outbox.writable() > 0);
                help = about == 0 && callSomebody();
            }
        } finally {
            lock.unlock(); // also without memory for a timer: all who came later would wait for ever
        }
        if (help) {
            HelperThread.start(connection);
        }
    }

    boolean runsHere() {
        return runner == Thread.currentThread();
    }

    /** Established: the caller, who is the reader, holds the token for {@code onOpen}. False if it ended meanwhile. */
    boolean open() {
        enter();
        try {
            if (agenda.phase != Phase.CONNECTING) {
                return false;
            }
            agenda.phase = Phase.OPEN;
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
                step = agenda.phase == Phase.ENDED ? Step.LEAVE : choose(worker);
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
        Step write = writer == null ? agenda.writing(worker) : null;
        Step callback = runner == null ? agenda.callback(worker) : null;
        if (callback != null && (write == null || !worker.flushFirst())) {
            takeToken(worker, callback);
            return callback;
        } else if (write != null) {
            takeWriting(worker);
            return write;
        } else if (worker.reader) {
            return rest();
        }
        worker.turnedToSocket();
        return runner == null && agenda.tasksWait() ? null : Step.LEAVE;
    }

    private void takeToken(Worker worker, Step callback) {
        runner = Thread.currentThread();
        agenda.began(callback);
        if (callback == Step.RUN_TASKS) {
            worker.ranTasks();
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
        if (agenda.intake.eof && agenda.phase == Phase.FIN_SENT) {
            return Step.LEAVE;
        } else if (agenda.mayRead()) {
            return agenda.stopAsked() ? lookForArrivals() : startRead();
        } else if (agenda.askBudget()) {
            return Step.ASK_BUDGET;
        } else if (agenda.intake.finTold && agenda.stopAsked()) {
            agenda.stopNow();
            return null;
        }
        reader.turnedToSocket();
        if (runner == null && agenda.tasksWait()) {
            return null; // nothing to do at the socket: the tasks go on
        }
        parked = true;
        about--;
        return Step.PARK;
    }

    /** The listener drains: what has arrived by now comes first, the FIN included (T-5). */
    private @Nullable Step lookForArrivals() {
        if (agenda.mayHaveArrived() && writer == null) {
            writer = Thread.currentThread(); // the probe sets the mode of the whole socket
            return Step.PROBE;
        } else if (agenda.mayHaveArrived() && !wire.nothingArrived()) {
            return startRead();
        }
        agenda.stopNow();
        return null;
    }

    private Step startRead() {
        agenda.readBegins();
        reader.turnedToSocket();
        about--;
        return Step.READ;
    }

    /** The read has returned: so many bytes, or the end of the stream, or 0 for a failure. */
    void readDone(int count) {
        enter();
        try {
            agenda.readEnds();
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
                agenda.stopNow();
            }
            took(count);
        } finally {
            exit();
        }
    }

    private void took(int count) {
        agenda.read(count);
        if (count > 0) {
            watch.received();
        }
    }

    /** The callback has returned. */
    void callbackDone(Worker worker, Step callback) {
        while (lock.isHeldByCurrentThread()) {
            lock.unlock(); // a handler's stack overflowed between our own enter and exit
        }
        enter();
        try {
            runner = null;
            worker.ranCallback();
            agenda.outbox.closeBatch();
            if (callback == Step.DELIVER) {
                agenda.intake.held = false;
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
                agenda.outbox.taken(count);
                watch.sent();
            }
            if (worker.reader && count < given) {
                agenda.outbox.kernelIsFull();
            }
            wakeReader();
        } finally {
            exit();
        }
    }

    /** Waits a moment, by the machine's clock, for the thread that writes, if one does, to tell of bytes taken. */
    void awaitWriter(Duration limit) {
        enter();
        try {
            long before = agenda.outbox.sent();
            long left = limit.toNanos();
            while (writer != null && agenda.outbox.sent() == before && left > 0) {
                left = wake.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            return; // nobody has a reason to interrupt these threads; the caller looks at what it waited for
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
            if (agenda.finSent()) {
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
            agenda.mailbox.clear();
        } finally {
            exit();
        }
    }

    /** Under the lock: whether no callback runs. */
    boolean tokenIsFree() {
        return runner == null;
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
        return agenda.phase.serves()
                && (runner == null && agenda.callback(worker) != null
                        || writer == null && agenda.writing(worker) != null);
    }
}
