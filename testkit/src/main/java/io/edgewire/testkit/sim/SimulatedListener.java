package io.edgewire.testkit.sim;

import io.edgewire.api.CloseReason;
import io.edgewire.api.ListenOptions;
import io.edgewire.api.Listener;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.StopOutcome;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.api.event.ConnectionEvent.Limit;
import io.edgewire.transport.core.Admission;
import io.edgewire.transport.core.ConnectionOwner;
import io.edgewire.transport.core.Delays;
import io.edgewire.transport.core.LoopConnection;
import io.edgewire.transport.core.TimerHeap;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A bound port of a simulated transport.
 *
 * <p><b>Threads.</b> The methods of {@link Listener} from any; the others from the loop's own.
 */
final class SimulatedListener implements Listener, ConnectionOwner, SimulatedLoop.Source {
    private static final Duration RETRY_MIN = Duration.ofMillis(100);
    private static final Duration RETRY_MAX = Duration.ofSeconds(1);
    /** How long a peer that was turned away may take to send its FIN. */
    private static final Duration REFUSAL_PATIENCE = Duration.ofSeconds(1);

    private final SimulatedNetwork network;
    private final SimulatedTransport transport;
    private final SimulatedLoop loop;
    private final Port port;
    private final ListenOptions options;
    private final ProtocolFactory protocol;
    private final Admission admission;
    private final OpenConnections open;
    private final AtomicBoolean stopped = new AtomicBoolean();
    /** Something was aborted. Written by who stops or aborts, read by who stops. */
    private volatile boolean cut;

    private final TimerHeap.Entry retry = new TimerHeap.Entry() {
        @Override
        public void run() {
            // From now on it is ready again.
        }
    };
    private Duration retryIn = RETRY_MIN;

    SimulatedListener(
            SimulatedNetwork network,
            SimulatedTransport transport,
            Port port,
            ListenOptions options,
            ProtocolFactory protocol) {
        this.network = network;
        this.transport = transport;
        this.loop = transport.loop();
        this.port = port;
        this.options = options;
        this.protocol = protocol;
        admission = new Admission(options, transport.clock());
        open = new OpenConnections(network);
    }

    @Override
    public InetSocketAddress address() {
        return port.address();
    }

    @Override
    public int connections() {
        return admission.open();
    }

    /** Those whose handlers have not heard onClosed. */
    List<SimulatedChannel> channels() {
        return open.all();
    }

    Optional<SimulatedChannel> find(long id) {
        return open.find(id);
    }

    @Override
    public StopOutcome stop(Duration grace) {
        Objects.requireNonNull(grace, "grace");
        Delays.nanos(grace, "grace");
        transport.refuseHandlers("stop");
        if (!stopped.compareAndSet(false, true)) {
            return StopOutcome.NOT_RUNNING;
        }
        network.trace().add("stop");
        long start = transport.clock().nanos();
        port.close().forEach(this::accepted);
        leaveLoop();
        open.drain();
        // However short the grace is: the handlers hear onStopping first, and may close in it.
        open.awaitDraining(SimulatedTransport.SHUTDOWN_LIMIT);
        if (!open.awaitNone(transport, start, grace)) {
            cutOff(CloseReason.SHUTDOWN);
            awaitClosed();
        }
        transport.forget(this);
        return cut ? StopOutcome.FORCED : StopOutcome.DRAINED;
    }

    @Override
    public void abort(CloseReason reason) {
        Objects.requireNonNull(reason, "reason");
        transport.refuseHandlers("abort");
        cutOff(reason);
        awaitClosed();
    }

    /** Aborts what is open, also while another thread waits in {@link #stop}, and accepts no more. */
    void cutOff(CloseReason reason) {
        network.trace().add("abort of the listener with " + reason);
        cut = true;
        if (stopped.compareAndSet(false, true)) {
            port.close().forEach(End::reset);
            leaveLoop();
            open.complete();
        }
        open.abortAll(reason);
    }

    /** Handlers that do not return are waited for only so long. */
    void awaitClosed() {
        open.awaitNoneSoon(SimulatedTransport.SHUTDOWN_LIMIT);
        transport.forget(this);
    }

    @Override
    public boolean ready() {
        return !retry.scheduled() && port.hasWaiting();
    }

    @Override
    public void run() {
        try {
            network.ports().checkAccept();
        } catch (IOException e) {
            lookAway(e);
            return;
        }
        retryIn = RETRY_MIN;
        End end = port.accept();
        if (end != null) {
            accepted(end);
        }
    }

    @Override
    public void discard() {
        loop.remove(this);
    }

    @Override
    public void released(LoopConnection connection) {
        admission.release(connection.remote().getAddress());
    }

    @Override
    public void gone(LoopConnection connection) {
        open.gone(connection);
    }

    private void leaveLoop() {
        loop.execute(() -> {
            loop.remove(this);
            loop.timers().cancel(retry);
        });
    }

    private void lookAway(IOException cause) {
        loop.tell(new ConnectionEvent.AcceptFailed(address(), cause, retryIn));
        loop.timers().add(retry, loop.nanos() + retryIn.toNanos());
        Duration doubled = retryIn.multipliedBy(2);
        retryIn = doubled.compareTo(RETRY_MAX) < 0 ? doubled : RETRY_MAX;
    }

    /** By the loop, or by who stops, for those that were connected and not yet accepted. */
    private void accepted(End end) {
        InetSocketAddress remote = end.other().local();
        Optional<Limit> refusal = admission.admit(remote.getAddress());
        if (refusal.isPresent()) {
            refuse(end, remote, refusal.get());
            return;
        }
        SimulatedChannel channel =
                new SimulatedChannel(network, loop, transport.nextId(), remote, options.connection(), this);
        open.add(channel);
        loop.execute(() -> {
            if (channel.connection().start(protocol)) {
                channel.established(end);
            } else {
                end.reset();
            }
        });
    }

    private void refuse(End end, InetSocketAddress remote, Limit limit) {
        loop.tell(new ConnectionEvent.Refused(address(), remote.getAddress(), limit, admission.allowed(limit)));
        end.refuse();
        loop.execute(() -> loop.timers()
                .add(
                        new TimerHeap.Entry() {
                            @Override
                            public void run() {
                                end.close();
                            }
                        },
                        loop.nanos() + REFUSAL_PATIENCE.toNanos()));
    }
}
