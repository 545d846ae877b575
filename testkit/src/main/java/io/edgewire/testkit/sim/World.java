package io.edgewire.testkit.sim;

import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.Scheduler;
import io.edgewire.api.Transport;
import io.edgewire.api.event.EventSink;
import io.edgewire.api.wlan.WlanDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * What a server under a {@link Simulation} stands on: all that it would get from outside, in one thread and from one
 * seed.
 *
 * <p><b>Threads.</b> One: there is no other.
 */
public final class World {
    /** Something that goes wrong for a while. */
    static final class Fault {
        private final String name;
        private final Runnable begins;
        private final Runnable ends;
        private boolean going;

        Fault(String name, Runnable begins, Runnable ends) {
            this.name = name;
            this.begins = begins;
            this.ends = ends;
        }
    }

    private final SimulatedNetwork network;
    private final Transport transport;
    private final ProtocolFactory protocol;
    private final Watch watch;
    private final SimulatedScheduler scheduler;
    private final List<Fault> faults = new ArrayList<>();
    private final long longestWait;
    /** Calls that were given, and those among them that run; where several do, the earlier waits for the later. */
    private int given;

    private int running;
    private long heapedUntil;
    private boolean calm;

    World(SimulatedNetwork network, Transport transport, ProtocolFactory protocol, Watch watch, long longestWait) {
        this.network = network;
        this.transport = transport;
        this.protocol = protocol;
        this.watch = watch;
        this.longestWait = longestWait;
        scheduler = new SimulatedScheduler(network.clock(), thrown -> watch.failed("a task of the scheduler", thrown));
        network.agenda().add(scheduler);
    }

    /** Where station and server live; also the clock. */
    public Scheduler scheduler() {
        return scheduler;
    }

    /** Runs what may wait, each call after a delay that is drawn. */
    public Executor blocking() {
        return call -> {
            given++;
            network.at(network.nanos() + (longestWait == 0 ? 0 : random().nextLong(longestWait)), () -> {
                running++;
                try {
                    call.run();
                } finally {
                    given--;
                    heapedUntil = running > 1 ? network.nanos() : heapedUntil;
                    running--;
                }
            });
        };
    }

    /** The transport to listen with. */
    public Transport transport() {
        return transport;
    }

    /** The protocol of the simulation, watched. */
    public ProtocolFactory protocol() {
        return protocol;
    }

    /** Where events go. */
    public EventSink events() {
        return watch;
    }

    /** The source of all chance. */
    public Random random() {
        return network.random();
    }

    /** From now on the machine has this board's address, and what comes through the air passes while its link is up. */
    public void follow(WlanDevice board) {
        network.radio().follow(Objects.requireNonNull(board, "board"));
    }

    /** Waits as a device call does that blocks: everything else goes on meanwhile. */
    public void await(BooleanSupplier done) {
        if (!network.drive().await(done, network.drive().patience())) {
            throw new AssertionError("a call that blocks does not return");
        }
    }

    /**
     * Something that may happen at any moment, and not again before it is over; it is over at the latest when the run
     * looks whether all is well again.
     *
     * @param name for the trace: "the network is lost"
     */
    public void fault(String name, Runnable begins, Runnable ends) {
        faults.add(new Fault(name, begins, ends));
    }

    // For the run.

    /** Draws when a fault begins and for how long it lasts. */
    void planFault(long latest, long longest) {
        if (faults.isEmpty()) {
            return;
        }
        Fault fault = faults.get(random().nextInt(faults.size()));
        network.at(network.nanos() + random().nextLong(latest), () -> {
            if (!fault.going && !calm) {
                begin(fault);
                network.at(network.nanos() + random().nextLong(longest), () -> end(fault));
            }
        });
    }

    void beginFaults() {
        calm = false;
    }

    /** Ends those that go on; none begins any more. */
    void endFaults() {
        calm = true;
        faults.forEach(this::end);
    }

    /** Tasks of the scheduler and calls that wait. */
    int left() {
        return scheduler.waiting() + given;
    }

    long longestWait() {
        return longestWait;
    }

    /** Whether one call has held up another just now or not long ago: then nobody can say by when something is done. */
    boolean isHeapedUp(long notLongAgo) {
        return running > 1 || heapedUntil != 0 && network.nanos() - heapedUntil < notLongAgo;
    }

    private void begin(Fault fault) {
        fault.going = true;
        network.trace().add("── " + fault.name);
        fault.begins.run();
    }

    private void end(Fault fault) {
        if (fault.going) {
            fault.going = false;
            network.trace().add("── over: " + fault.name);
            fault.ends.run();
        }
    }
}
