package io.edgewire.transport.core;

import io.edgewire.api.CloseReason;
import io.edgewire.api.ConnectionOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The way out of a {@link LoopConnection}. What the running callback sends goes into the loop's scratch buffer and
 * leaves in one write when it ends; nothing is allocated. Only what the network does not take is copied into the
 * queue. Other threads put theirs into the inbox, which the loop moves to the queue. So the order is always
 *
 * <pre>network ◀── queue ◀── scratch ◀── inbox</pre>
 *
 * and the scratch is used only while the queue is empty.
 *
 * <p><b>Threads.</b> {@link #send}, {@link #refuse} and the questions from any; all else from the loop's own.
 */
final class Outbound {
    /** How many full buffers go out before others have their turn. */
    private static final int ROUNDS = 8;

    private final LoopConnection connection;
    private final Loop loop;
    private final LoopChannel channel;
    private final ConnectionOptions options;
    private final DeadlineTimer deadlines;
    private final BudgetShare share;

    /** All that {@code send} took and the network did not yet: queue, scratch and inbox. Any thread. */
    private final AtomicLong queued = new AtomicLong();

    /** Of the loop. */
    private final SendQueue queue = new SendQueue();

    /** Held for a copy at most, never while a handler runs. */
    private final Object lock = new Object();
    /** Of other threads' sends; under the lock. */
    private final SendQueue inbox = new SendQueue();
    /** Whether the inbox has something, and the loop was asked to take it. Written under the lock. */
    private volatile boolean inboxFilled;
    /** Whether {@code send} takes bytes. Written under the lock, so that none slips in after a close. */
    private volatile boolean accepting;
    /** It never will again, or never will: said before or after the connection was established. Under the lock. */
    private boolean refusing;
    /** The queue has passed the high mark, and not yet come down to the low one. Set by any thread, cleared by the loop. */
    private volatile boolean congested;

    private boolean blocked;
    private long bytes;
    private long unsent;

    Outbound(
            LoopConnection connection,
            Loop loop,
            LoopChannel channel,
            ConnectionOptions options,
            DeadlineTimer deadlines) {
        this.connection = connection;
        this.loop = loop;
        this.channel = channel;
        this.options = options;
        this.deadlines = deadlines;
        share = new BudgetShare(connection, loop.budget);
    }

    // From any thread.

    boolean accepting() {
        return accepting;
    }

    boolean writable() {
        return accepting && !congested;
    }

    /** Whether reading must wait for the peer to take what was sent. */
    boolean holdsReading() {
        return congested || heldByBudget();
    }

    private boolean heldByBudget() {
        return queued.get() > 0 && loop.budget.spent();
    }

    boolean send(ByteBuffer from) {
        if (!accepting) {
            return false;
        }
        int start = from.position();
        try {
            if (loop.inLoop() ? sendInLoop(from) : sendFromOutside(from)) {
                return true;
            }
        } catch (OutOfMemoryError full) {
            // A part may be queued, and the rest never will be: the same as a queue that is full.
            from.position(start);
        }
        if (accepting) { // else it was closed meanwhile
            connection.abort(CloseReason.SLOW_PEER);
        }
        return false;
    }

    void refuse() {
        synchronized (lock) {
            refusing = true;
            accepting = false;
        }
    }

    private boolean sendFromOutside(ByteBuffer from) {
        boolean first;
        synchronized (lock) {
            if (!accepting || !reserve(from.remaining())) {
                return false;
            }
            inbox.append(from);
            first = !inboxFilled;
            inboxFilled = true;
        }
        if (first) {
            connection.touch();
        }
        return true;
    }

    /** Counts bytes in, if the limit allows: several threads may do so at once, and their sum keeps to the limit. */
    private boolean reserve(int count) {
        long before = queued.get();
        while (before + count <= options.sendLimit()) {
            if (queued.compareAndSet(before, before + count)) {
                if (before + count > options.sendHighMark()) {
                    congested = true;
                }
                return true;
            }
            before = queued.get();
        }
        return false;
    }

    // From the loop.

    private boolean sendInLoop(ByteBuffer from) {
        if (!accepting || !reserve(from.remaining())) {
            return false;
        }
        takeInbox();
        boolean mine = loop.running == connection;
        if (mine && queue.isEmpty() && loop.out.remaining() >= from.remaining()) {
            loop.out.put(from);
        } else {
            spill();
            queue.append(from);
        }
        if (!mine) {
            connection.touch();
        }
        return true;
    }

    /**
     * Sends several buffers as one if they go straight into the scratch buffer, as a callback's usually do. If not,
     * nothing is changed, and they have to be made one first.
     */
    boolean sendAtOnce(ByteBuffer[] parts) {
        if (!loop.inLoop() || loop.running != connection || !accepting || inboxFilled || !queue.isEmpty()) {
            return false;
        }
        long count = 0;
        for (ByteBuffer part : parts) {
            count += part.remaining();
        }
        if (count > loop.out.remaining() || !reserve((int) count)) {
            return false;
        }
        for (ByteBuffer part : parts) {
            loop.out.put(part);
        }
        return true;
    }

    /** The same as {@link #holdsReading}, and where it is the budget that holds, the connection settles when it does not. */
    boolean holdsReadingUntilTold() {
        boolean held = heldByBudget();
        if (held) {
            share.wakeWhenFree();
        }
        return held || congested;
    }

    /** Takes bytes from now on, unless somebody has said before that no more will be sent. */
    void accept() {
        synchronized (lock) {
            accepting = !refusing;
        }
    }

    /** Writes what the callback sent. */
    void endOfCallback() {
        ByteBuffer out = loop.out;
        if (out.position() == 0) {
            return;
        }
        out.flip();
        try {
            moved(channel.write(out));
            if (out.hasRemaining()) {
                queue.append(out);
                blocked = true;
            }
        } catch (IOException e) {
            connection.fail(e);
        } finally {
            out.clear();
        }
    }

    void writeReady() {
        blocked = false;
    }

    /** Takes the inbox and writes what the network takes; not within a callback. */
    void flush() {
        takeInbox();
        try {
            for (int round = 0; round < ROUNDS && !blocked && !queue.isEmpty(); round++) {
                writeOnce();
            }
            blocked = !queue.isEmpty(); // if only the rounds are over, the next event comes at once
            share.update(queued.get());
        } catch (IOException e) {
            connection.fail(e);
        }
    }

    private void writeOnce() throws IOException {
        ByteBuffer out = loop.out;
        try {
            queue.fill(out);
            out.flip();
            int count = channel.write(out);
            queue.consumed(count);
            moved(count);
            blocked = out.hasRemaining();
        } finally {
            out.clear();
        }
    }

    private void moved(int count) {
        if (count > 0) {
            queued.addAndGet(-count);
            bytes += count;
            deadlines.sent();
        }
    }

    private void takeInbox() {
        if (inboxFilled) {
            spill();
            synchronized (lock) {
                queue.appendAll(inbox);
                inboxFilled = false;
            }
        }
    }

    /** Moves what the callback has sent so far into the queue, because something that does not fit comes after it. */
    private void spill() {
        if (loop.running == connection && loop.out.position() > 0) {
            loop.out.flip();
            queue.append(loop.out);
            loop.out.clear();
        }
    }

    /** Whether the queue has come down to the low mark since it passed the high one; true once for each time. */
    boolean drained() {
        if (!congested || queued.get() > options.sendLowMark()) {
            return false;
        }
        congested = false;
        if (queued.get() > options.sendHighMark()) {
            congested = true; // another thread passed the mark just now, and its flag must not be lost
        }
        return !congested;
    }

    /** Takes {@link #drained} back, so that it will be true again. */
    void congestAgain() {
        congested = true;
    }

    /** Whether bytes wait that the network did not take. */
    boolean blocked() {
        return blocked;
    }

    boolean isEmpty() {
        return queue.isEmpty() && !inboxFilled;
    }

    /** Drops everything, for the connection has ended. */
    void drop() {
        synchronized (lock) {
            accepting = false;
            inbox.clear();
            unsent += queued.getAndSet(0);
        }
        queue.clear();
        if (loop.running == connection) {
            loop.out.clear();
        }
        share.giveBack();
    }

    long bytes() {
        return bytes;
    }

    long unsent() {
        return unsent;
    }
}
