package io.edgewire.testkit.sim;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * One end of a simulated TCP connection, with the manners of a kernel's socket: one that is closed with unread input, or
 * to which bytes come after it was closed, answers by RST.
 *
 * <p><b>Threads.</b> Any: every method takes the lock of the network.
 */
final class End {
    private final SimulatedNetwork network;
    private final Object lock;
    private final InetSocketAddress local;
    private final Pipe in;
    /** Set once, before anybody else sees this. */
    @SuppressWarnings("NullAway.Init")
    private End other;

    private boolean closed;
    /** An RST came, or the kernel gave the peer up. */
    private boolean failed;

    private String failure = "Connection reset by peer";
    /** Input is thrown away, and the peer's FIN closes. */
    private boolean refusing;

    private End(SimulatedNetwork network, InetSocketAddress local, int sendBufferOfOther, int receiveBuffer) {
        this.network = network;
        this.lock = network.lock();
        this.local = local;
        in = new Pipe(network, this, sendBufferOfOther, receiveBuffer);
    }

    /** Two ends of one wire; the answer is the first. */
    static End pair(SimulatedNetwork network, Socket first, Socket second) {
        End one = new End(network, first.local(), second.sendBuffer(), first.receiveBuffer());
        End two = new End(network, second.local(), first.sendBuffer(), second.receiveBuffer());
        one.other = two;
        two.other = one;
        network.opened(one);
        network.opened(two);
        return one;
    }

    /**
     * What one end is made with.
     *
     * @param local its address
     * @param sendBuffer bytes that it takes before they are under way
     * @param receiveBuffer bytes that it holds unread
     */
    record Socket(InetSocketAddress local, int sendBuffer, int receiveBuffer) {}

    InetSocketAddress local() {
        return local;
    }

    End other() {
        return other;
    }

    boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    /** Whether a read would not be for nothing. */
    boolean readable() {
        synchronized (lock) {
            return !closed && (failed || in.unread() > 0 || in.finArrived());
        }
    }

    /** Whether a write would not be for nothing. */
    boolean writable() {
        synchronized (lock) {
            return !closed && (failed || other.in.room() > 0);
        }
    }

    /** What came before an RST can still be read, unless the system drops it. */
    int read(ByteBuffer into) throws IOException {
        synchronized (lock) {
            check();
            if (in.unread() > 0) {
                int count = in.read(into);
                network.changed();
                return count;
            }
            failIfReset();
            return in.finArrived() ? -1 : 0;
        }
    }

    int write(ByteBuffer from) throws IOException {
        synchronized (lock) {
            check();
            failIfReset();
            int count = other.in.write(from);
            network.changed();
            return count;
        }
    }

    void shutdownOutput() throws IOException {
        synchronized (lock) {
            check();
            failIfReset();
            other.in.fin();
            network.changed();
        }
    }

    void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            if (in.unread() > 0) {
                reset();
                return;
            }
            if (!failed && !other.in.finWanted()) {
                other.in.fin();
            }
            end();
        }
    }

    void reset() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            if (!failed) {
                sendReset();
            }
            end();
        }
    }

    /** Sends FIN and throws away what comes until the peer's. */
    void refuse() {
        synchronized (lock) {
            refusing = true;
            other.in.fin();
            arrived();
            network.changed();
        }
    }

    /** From now on nothing gets through in either direction, and nobody is told; this end's owner is gone. */
    void vanish() {
        synchronized (lock) {
            in.cut();
            other.in.cut();
            end();
        }
    }

    int receiveBuffer() {
        return in.receiveBuffer();
    }

    /** All that this end has sent so far. */
    Bytes sent() {
        return other.in.written();
    }

    /** Whether an RST came, or the kernel gave the peer up. */
    boolean failed() {
        return failed;
    }

    /** Whether the other end's FIN came. */
    boolean ended() {
        return in.finArrived();
    }

    // What the wire calls.

    /** Whether bytes between the two pass now. */
    boolean passes() {
        return network.radio().passes(local.getAddress()) && network.radio().passes(other.local.getAddress());
    }

    /** The kernel has sent the same bytes again and again, and nobody answered. */
    void givenUp() {
        if (!failed) {
            failed = true;
            failure = "Connection timed out";
            other.in.cut();
            network.changed();
        }
    }

    /** Whether what comes is kept. */
    boolean takes() {
        return !closed && !failed && !refusing;
    }

    /** Bytes have come, or the FIN. */
    void arrived() {
        if (refusing && in.finArrived() && !closed) {
            end();
        } else if (closed && !failed && !in.finArrived()) {
            failed = true; // bytes for nobody: the kernel answers by RST, once
            sendReset();
        }
        network.changed();
    }

    private void sendReset() {
        other.in.dropUnsent();
        if (passes()) { // nobody sends an RST again
            other.in.after(other::resetArrived);
        }
    }

    private void resetArrived() {
        if (!failed) {
            failed = true;
            other.in.dropUnsent();
            if (network.conditions().resetDropsUnread()) {
                in.dropUnread();
            }
            network.changed();
        }
    }

    private void end() {
        closed = true;
        in.dropUnread();
        network.closed(this);
        network.changed();
    }

    private void check() throws IOException {
        if (closed) {
            throw new IOException("Socket closed");
        }
    }

    private void failIfReset() throws IOException {
        if (failed) {
            throw new IOException(failure);
        }
    }
}
