package io.edgewire.transport.nio;

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
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A bound port. Connections are taken by a loop on which no handler runs, so that a handler that blocks keeps neither
 * others from coming in nor the port from being freed, and are then spread over the loops.
 */
final class NioListener implements Listener, ConnectionOwner {
    private final NioTransport transport;
    private final ListenOptions options;
    private final ProtocolFactory protocol;
    private final InetSocketAddress address;
    private final NioLoop accepting;
    private final Acceptor acceptor;
    private final Admission admission;
    private final OpenConnections open;
    private final Refusals refusals;
    private final AtomicBoolean stopped = new AtomicBoolean();
    /** Something was aborted. Written by who stops or aborts, read by who stops. */
    private volatile boolean cut;

    NioListener(
            NioTransport transport,
            NioLoop accepting,
            ServerSocketChannel socket,
            ListenOptions options,
            ProtocolFactory protocol)
            throws IOException {
        this.transport = transport;
        this.accepting = accepting;
        this.options = options;
        this.protocol = protocol;
        address = (InetSocketAddress) socket.getLocalAddress();
        admission = new Admission(options, transport.clock());
        open = new OpenConnections(transport.clock());
        refusals = new Refusals(accepting);
        acceptor = new Acceptor(
                accepting, socket, transport.acceptSource(socket), address, transport.options(), this::accepted);
    }

    void begin() {
        accepting.execute(acceptor::begin);
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public int connections() {
        return admission.open();
    }

    @Override
    public StopOutcome stop(Duration grace) {
        Objects.requireNonNull(grace, "grace");
        Duration limit = Duration.ofNanos(Delays.nanos(grace, "grace"));
        transport.refuseHandlers("stop");
        if (!stopped.compareAndSet(false, true)) {
            return StopOutcome.NOT_RUNNING;
        }
        long start = transport.clock().nanos();
        accepting.execute(() -> acceptor.end(options.backlog() + 1, open::drain));
        // However short the grace is: the handlers hear onStopping first, and may close in it.
        open.awaitDraining(transport.options().shutdownLimit());
        if (!open.awaitNone(start, limit)) {
            cutOff(CloseReason.SHUTDOWN);
            awaitClosed(transport.options().shutdownLimit());
        }
        transport.forget(this);
        return cut ? StopOutcome.FORCED : StopOutcome.DRAINED;
    }

    @Override
    public void abort(CloseReason reason) {
        Objects.requireNonNull(reason, "reason");
        transport.refuseHandlers("abort");
        cutOff(reason);
        awaitClosed(transport.options().shutdownLimit());
    }

    /** Aborts what is open, also while another thread waits in {@link #stop}, and accepts no more. */
    void cutOff(CloseReason reason) {
        cut = true;
        if (stopped.compareAndSet(false, true)) {
            accepting.execute(() -> acceptor.end(0, open::complete));
        }
        accepting.execute(() -> open.abortAll(reason)); // there, so that those are among them that just come in
    }

    /** Handlers that do not return are waited for only so long. */
    void awaitClosed(Duration limit) {
        open.awaitNoneInRealTime(limit);
        transport.forget(this);
    }

    private void accepted(SocketChannel socket) {
        try {
            InetSocketAddress remote = (InetSocketAddress) socket.getRemoteAddress();
            Optional<Limit> refusal = admission.admit(remote.getAddress());
            if (refusal.isPresent()) {
                refuse(socket, remote, refusal.get());
            } else {
                serve(socket, remote);
            }
        } catch (IOException e) {
            Refusals.close(accepting, socket); // gone before it was looked at
        } catch (RuntimeException | Error e) { // no memory, say: the acceptor rests a while
            Refusals.close(accepting, socket);
            throw e;
        }
    }

    private void refuse(SocketChannel socket, InetSocketAddress remote, Limit limit) {
        accepting.tell(new ConnectionEvent.Refused(address, remote.getAddress(), limit, admission.allowed(limit)));
        refusals.refuse(socket);
    }

    private void serve(SocketChannel socket, InetSocketAddress remote) {
        boolean served = false;
        try {
            NioLoop loop = transport.nextLoop();
            NioChannel channel = new NioChannel(loop, socket, transport.nextId(), remote, options.connection(), this);
            Runnable begin = () -> begin(channel);
            open.add(channel.connection());
            loop.execute(begin);
            served = true;
        } finally {
            if (!served) {
                admission.release(remote.getAddress());
            }
        }
    }

    private void begin(NioChannel channel) {
        try {
            channel.prepare(options.connection());
            if (channel.connection().start(protocol)) {
                channel.established();
            }
        } catch (Throwable thrown) { // no memory, say: it must not stay in the count of those that are open
            channel.failed(thrown);
        }
    }

    @Override
    public void released(LoopConnection connection) {
        admission.release(connection.remote().getAddress());
    }

    @Override
    public void gone(LoopConnection connection) {
        open.gone(connection);
    }
}
