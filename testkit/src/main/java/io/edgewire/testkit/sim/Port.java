package io.edgewire.testkit.sim;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket: where connections wait to be accepted.
 *
 * <p><b>Threads.</b> Any: every method takes the lock of the network.
 */
final class Port {
    private final SimulatedNetwork network;
    private final InetSocketAddress address;
    private final int backlog;
    private final int sendBuffer;
    private final int receiveBuffer;
    private final ArrayDeque<End> waiting = new ArrayDeque<>();
    private Runnable whenCalled = () -> {};
    private boolean closed;

    Port(SimulatedNetwork network, InetSocketAddress address, int backlog, int sendBuffer, int receiveBuffer) {
        this.network = network;
        this.address = address;
        this.backlog = backlog;
        this.sendBuffer = sendBuffer;
        this.receiveBuffer = receiveBuffer;
    }

    /** What to do when somebody connects. */
    void whenCalled(Runnable work) {
        whenCalled = work;
    }

    InetSocketAddress address() {
        return address;
    }

    /** Connects someone who called it by this address; the answer is his end, or null if too many wait. */
    @Nullable
    End connect(End.Socket from, InetSocketAddress to) {
        synchronized (network.lock()) {
            if (waiting.size() > backlog) {
                return null;
            }
            End his = End.pair(network, from, new End.Socket(to, sendBuffer, receiveBuffer));
            waiting.add(his.other());
            whenCalled.run();
            network.changed();
            return his;
        }
    }

    boolean hasWaiting() {
        synchronized (network.lock()) {
            return !waiting.isEmpty();
        }
    }

    @Nullable
    End accept() {
        synchronized (network.lock()) {
            return waiting.poll();
        }
    }

    /** Frees the port; the answer is those who were connected and not yet accepted. */
    List<End> close() {
        synchronized (network.lock()) {
            List<End> left = new ArrayList<>(waiting);
            waiting.clear();
            if (!closed) {
                closed = true;
                network.ports().unbind(this);
                network.changed();
            }
            return left;
        }
    }
}
