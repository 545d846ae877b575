package io.edgewire.transport.bio;

import io.edgewire.api.CloseReason;
import io.edgewire.api.ListenOptions;
import io.edgewire.api.Listener;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.StopOutcome;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.api.event.ConnectionEvent.Limit;
import io.edgewire.transport.core.Admission;
import io.edgewire.transport.core.Delays;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A port, its accept thread and the connections that came in.
 *
 * <p><b>Threads.</b> Any; {@code released} and {@code gone} are called by the connections' own.
 */
final class BioListener implements Listener, Owner {
    /** How long a reader that was just given bytes may take to say so: a matter of the system's scheduler. */
    private static final Duration READER_TO_SPEAK = Duration.ofMillis(20);

    private final BioTransport transport;
    private final ListenOptions options;
    private final ProtocolFactory protocol;
    private final Services services;
    private final Admission admission;
    private final Connections alive = new Connections();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Acceptor acceptor;
    private final Thread thread;
    /** Something was aborted. Written by who stops or aborts, read by who stops. */
    private volatile boolean cut;

    BioListener(
            BioTransport transport,
            ServerSocketChannel server,
            ListenOptions options,
            ProtocolFactory protocol,
            Services services)
            throws IOException {
        this.transport = transport;
        this.options = options;
        this.protocol = protocol;
        this.services = services;
        admission = new Admission(options, services.timers()::now);
        acceptor = new Acceptor(server, options.backlog(), services, this::take);
        try {
            thread = services.start("edgewire-bio-accept-" + acceptor.address().getPort(), acceptor);
        } catch (ThreadStartException e) {
            acceptor.close();
            throw e;
        }
    }

    @Override
    public InetSocketAddress address() {
        return acceptor.address();
    }

    @Override
    public int connections() {
        return admission.open();
    }

    /** On the accept thread: a connection has come. */
    private void take(SocketChannel channel) {
        InetSocketAddress remote;
        try {
            remote = (InetSocketAddress) channel.getRemoteAddress();
        } catch (IOException e) {
            Acceptor.closeQuietly(channel); // gone before it was looked at
            return;
        }
        if (admitted(channel, remote)) {
            begin(channel, remote);
        }
    }

    /** False if it was turned away. */
    private boolean admitted(SocketChannel channel, InetSocketAddress remote) {
        try {
            Optional<Limit> refusal = admission.admit(remote.getAddress());
            refusal.ifPresent(limit -> refuse(channel, remote, limit));
            return refusal.isEmpty();
        } catch (RuntimeException | Error e) { // no memory: the acceptor rests a while
            Acceptor.closeQuietly(channel);
            throw e;
        }
    }

    private void begin(SocketChannel channel, InetSocketAddress remote) {
        try {
            serve(channel, remote);
        } catch (RuntimeException | Error e) { // no thread or no memory: the acceptor rests a while
            Acceptor.closeQuietly(channel);
            admission.release(remote.getAddress());
            throw e;
        }
    }

    private void serve(SocketChannel channel, InetSocketAddress remote) {
        BioConnection connection =
                new BioConnection(transport.nextId(), remote, channel, options.connection(), services, this);
        alive.add(connection);
        transport.alive().add(connection);
        try {
            services.start("edgewire-bio-" + connection.id(), new ReaderThread(connection, protocol, null));
        } catch (ThreadStartException e) {
            gone(connection);
            throw e;
        }
    }

    private void refuse(SocketChannel channel, InetSocketAddress remote, Limit limit) {
        acceptor.refuse(channel);
        services.tell(new ConnectionEvent.Refused(address(), remote.getAddress(), limit, admission.allowed(limit)));
    }

    @Override
    public void released(BioConnection connection) {
        admission.release(connection.remote().getAddress());
    }

    @Override
    public void gone(BioConnection connection) {
        alive.remove(connection);
        transport.alive().remove(connection);
    }

    @Override
    public StopOutcome stop(Duration grace) {
        Duration limit = Duration.ofNanos(Delays.nanos(grace, "grace"));
        transport.alive().refuseCallback("stop");
        if (!stopped.compareAndSet(false, true)) {
            return StopOutcome.NOT_RUNNING;
        }
        freePort();
        drain();
        if (limit.isZero()) {
            alive.awaitEach(services.options().shutdownLimit(), connection -> new Draining(connection).told());
        }
        if (!alive.awaitNone(limit, services.timers())) {
            cutOff(CloseReason.SHUTDOWN);
            awaitClosed();
        }
        return cut ? StopOutcome.FORCED : StopOutcome.DRAINED; // an abort of another thread may have cut it short
    }

    @Override
    public void abort(CloseReason reason) {
        Objects.requireNonNull(reason, "reason");
        transport.alive().refuseCallback("abort");
        cutOff(reason);
        awaitClosed();
    }

    /** Frees the port and aborts what is open. */
    void cutOff(CloseReason reason) {
        stopped.set(true);
        freePort();
        cut = true; // first: whoever stops may return as soon as the last one is gone
        alive.list().forEach(connection -> connection.abort(reason));
    }

    /** Waits for every handler that is not blocked. */
    private void awaitClosed() {
        alive.awaitNone(services.options().shutdownLimit());
    }

    private void freePort() {
        acceptor.stop();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // told below; the port must be free first
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        transport.forget(this);
    }

    /** Delivers what has arrived, then has {@code onStopping} called (T-5). */
    private void drain() {
        List<Draining> all = alive.list().stream().map(Draining::new).toList();
        all.forEach(Draining::ask);
        Map<Draining, Long> quiet = new HashMap<>();
        all.forEach(each -> quiet.put(each, each.quietRead()));
        if (!quiet.isEmpty()) {
            alive.awaitNone(READER_TO_SPEAK);
        }
        quiet.forEach(Draining::stopInRead);
    }
}
