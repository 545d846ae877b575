package io.edgewire.testkit.sim;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a wire: what one end has written and the other not yet read.
 *
 * <pre>  write ──▶ sender's buffer ── delay, stall, cut, air ──▶ receiver's buffer ──▶ read</pre>
 *
 * <p>What is under way counts as held by the receiver, as TCP's window has it: so nothing grows beyond the two buffers.
 *
 * <p><b>Threads.</b> Under the lock of the network.
 */
final class Pipe {
    private static final int MOST_REPEATS = 15;
    private static final long FIRST_REPEAT = 200_000_000;
    private static final long LAST_REPEAT = 120_000_000_000L;

    private final SimulatedNetwork network;
    private final Conditions conditions;
    private final int sendBuffer;
    private final int receiveBuffer;
    private final ArrayDeque<ByteBuffer> unsent = new ArrayDeque<>();
    private final ArrayDeque<ByteBuffer> arrived = new ArrayDeque<>();
    private int unsentBytes;
    private int flyingBytes;
    private int arrivedBytes;
    /** All that was ever written, if somebody will compare it. */
    private final @Nullable Bytes written;

    private boolean finWanted;
    private boolean finSent;
    private boolean finArrived;
    private boolean stalled;
    /** How often in a row the kernel has sent the same bytes again, for they did not pass. */
    private int repeats;
    /** Nothing gets through any more, and nobody is told. */
    private boolean cut;
    /** No segment overtakes another: when the last one will be there. */
    private long lastArrival;

    private final End receiver;

    Pipe(SimulatedNetwork network, End receiver, int sendBuffer, int receiveBuffer) {
        this.network = network;
        this.conditions = network.conditions();
        this.sendBuffer = sendBuffer;
        this.receiveBuffer = receiveBuffer;
        lastArrival = network.nanos();
        written = network.records() ? new Bytes() : null;
        this.receiver = receiver;
    }

    // The sender's side.

    int room() {
        return finWanted ? 0 : sendBuffer - unsentBytes;
    }

    int write(ByteBuffer from) {
        int count = size(Math.min(room(), from.remaining()));
        if (count > 0) {
            byte[] copy = new byte[count];
            from.get(copy);
            if (written != null) {
                written.append(ByteBuffer.wrap(copy));
            }
            unsent.add(ByteBuffer.wrap(copy));
            unsentBytes += count;
            transmit();
        }
        return count;
    }

    void fin() {
        finWanted = true;
        transmit();
    }

    boolean finWanted() {
        return finWanted;
    }

    /** Drops what is not yet under way. */
    void dropUnsent() {
        unsent.clear();
        unsentBytes = 0;
        finWanted = true;
        finSent = true;
    }

    void cut() {
        cut = true;
        dropUnsent();
    }

    /** Runs after all that is under way. */
    void after(Runnable arrival) {
        if (cut) {
            return;
        }
        long delay = conditions.longestDelay();
        if (delay == 0 && lastArrival - network.nanos() <= 0) {
            arrival.run();
            return;
        }
        long due = network.nanos() + (delay == 0 ? 0 : network.random().nextLong(delay));
        lastArrival = due - lastArrival > 0 ? due : lastArrival;
        network.at(lastArrival, () -> {
            if (!cut) {
                arrival.run();
            }
        });
    }

    private void transmit() {
        boolean something = unsentBytes > 0 && window() > 0 || finWanted && !finSent && unsentBytes == 0;
        if (stalled || !something) {
            return;
        }
        if (!receiver.passes()) {
            repeatLater();
            return;
        }
        repeats = 0;
        while (!stalled && unsentBytes > 0 && window() > 0) {
            byte[] segment = segment();
            flyingBytes += segment.length;
            after(() -> arrive(segment));
            stallPerhaps();
        }
        if (!stalled && finWanted && !finSent && unsentBytes == 0) {
            finSent = true;
            after(() -> {
                finArrived = true;
                receiver.arrived();
            });
        }
    }

    private byte[] segment() {
        ByteBuffer head = unsent.element();
        int most = Math.min(head.remaining(), window());
        int count =
                conditions.cuts() ? 1 + network.random().nextInt(Math.min(most, conditions.largestSegment())) : most;
        byte[] segment = new byte[count];
        head.get(segment);
        if (!head.hasRemaining()) {
            unsent.remove();
        }
        unsentBytes -= count;
        return segment;
    }

    private void stallPerhaps() {
        if (conditions.stallPercent() > 0 && network.random().nextInt(100) < conditions.stallPercent()) {
            pause(network.random().nextLong(conditions.longestStall()));
        }
    }

    /** As kernels do: twice as late each time, and not for ever. */
    private void repeatLater() {
        if (repeats == MOST_REPEATS) {
            receiver.other().givenUp();
            return;
        }
        pause(Math.min(FIRST_REPEAT << repeats, LAST_REPEAT));
        repeats++;
    }

    private void pause(long nanos) {
        stalled = true;
        network.at(network.nanos() + nanos, () -> {
            stalled = false;
            transmit();
            network.changed();
        });
    }

    private int window() {
        return receiveBuffer - flyingBytes - arrivedBytes;
    }

    // The receiver's side.

    private void arrive(byte[] segment) {
        flyingBytes -= segment.length;
        if (receiver.takes()) {
            arrived.add(ByteBuffer.wrap(segment));
            arrivedBytes += segment.length;
        }
        receiver.arrived();
    }

    int unread() {
        return arrivedBytes;
    }

    boolean finArrived() {
        return finArrived;
    }

    void dropUnread() {
        arrived.clear();
        arrivedBytes = 0;
    }

    /** A count, or 0 if there is nothing; the FIN is the caller's to see. */
    int read(ByteBuffer into) {
        int most = size(Math.min(arrivedBytes, into.remaining()));
        int left = most;
        while (left > 0) {
            ByteBuffer head = arrived.element();
            int part = Math.min(left, head.remaining());
            into.put(head.array(), head.position(), part);
            head.position(head.position() + part);
            if (!head.hasRemaining()) {
                arrived.remove();
            }
            left -= part;
        }
        arrivedBytes -= most;
        if (most > 0) {
            transmit();
        }
        return most;
    }

    private int size(int most) {
        Random random = network.random();
        return most > 1 && conditions.oddSizes() && random.nextInt(3) == 0 ? 1 + random.nextInt(most) : most;
    }

    Bytes written() {
        return written == null ? new Bytes() : written;
    }

    int receiveBuffer() {
        return receiveBuffer;
    }
}
