package io.edgewire.client;

import io.edgewire.api.Clock;
import io.edgewire.api.Registration;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The messages that wait to be handed over, bounded by number and bytes.
 *
 * <p><b>Threads.</b> Any: {@link #offer} by those who send, {@link #poll} and {@link #putBack} by the scheduler.
 */
final class Waiting {
    private final QueueOptions options;
    private final Clock clock;
    /** Guards all below, and is what {@link WhenFull#WAIT} waits on; no user's code runs while it is held. */
    private final Object lock = new Object();

    private final ArrayDeque<Outgoing> messages = new ArrayDeque<>();
    private long bytes;
    private long taken;
    private boolean closed;

    Waiting(QueueOptions options, Clock clock) {
        this.options = options;
        this.clock = clock;
    }

    /**
     * Takes a message, or does not.
     *
     * @param dropped gets those that had to make room
     * @return the message, with number 0 if it was not taken
     */
    Outgoing offer(ByteBuffer message, List<Outgoing> dropped) {
        int size = message.remaining();
        synchronized (lock) {
            if (options.whenFull() == WhenFull.WAIT) {
                awaitRoom(size);
            }
            while (options.whenFull() == WhenFull.DROP_OLDEST && !closed && !hasRoom(size)) {
                dropped.add(remove());
            }
            if (closed || !hasRoom(size)) {
                return new Outgoing(0, message);
            }
            Outgoing added = new Outgoing(++taken, message);
            messages.add(added);
            bytes += size;
            return added;
        }
    }

    @Nullable
    Outgoing poll() {
        synchronized (lock) {
            return messages.isEmpty() ? null : remove();
        }
    }

    /** The message is the next again; it may be one too many, for room was made when it was taken. */
    void putBack(Outgoing message) {
        synchronized (lock) {
            messages.addFirst(message);
            bytes += message.size();
        }
    }

    boolean isEmpty() {
        synchronized (lock) {
            return messages.isEmpty();
        }
    }

    /** Takes no more; who waits is refused. */
    void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
    }

    List<Outgoing> drain() {
        synchronized (lock) {
            List<Outgoing> left = new ArrayList<>(messages);
            messages.clear();
            bytes = 0;
            return left;
        }
    }

    private Outgoing remove() {
        Outgoing first = messages.remove();
        bytes -= first.size();
        lock.notifyAll();
        return first;
    }

    private boolean hasRoom(int size) {
        return messages.size() < options.messages() && bytes + size <= options.bytes();
    }

    /** The limit is measured by the clock; the bound of each wait is only how late a clock that stands still is noticed. */
    private void awaitRoom(int size) {
        long start = clock.nanos();
        Registration jumps = clock.onJump(this::wake);
        try {
            long left = options.patience().toNanos();
            while (!closed && !hasRoom(size) && left > 0) {
                lock.wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
                left = options.patience().toNanos() - (clock.nanos() - start);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // who is interrupted does not want to wait: refused if there is no room
        } finally {
            jumps.close();
        }
    }

    private void wake() {
        synchronized (lock) {
            lock.notifyAll();
        }
    }
}
