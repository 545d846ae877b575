package io.edgewire.server;

import com.google.inject.Inject;
import com.google.inject.Injector;
import com.google.inject.Module;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.StopOutcome;
import io.edgewire.wiring.EdgewireConfig;
import io.edgewire.wiring.EdgewireInjector;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Everything that was wired, started and stopped in order: {@code try (var edgewire = Edgewire.start(config, new
 * NioTransportModule(), new K230Module(), new ProtocolsModule())) { ... }}.
 *
 * <p><b>Threads.</b> Any but those of handlers, observers and the scheduler: {@link #stop} and {@link #close} wait.
 *
 * <p><b>Lifecycle.</b> {@link #start} once; {@link #stop} or {@link #close} once, later calls are harmless. Stopping
 * drains the servers, then closes transport, station, threads, scheduler, and the events last, so that the log has the
 * end of everything.
 */
public final class Edgewire implements AutoCloseable {
    private final Injector injector;
    private final EdgeServer main;
    private final List<EdgeServer> servers = new CopyOnWriteArrayList<>();
    private final CompletableFuture<StopOutcome> stopped = new CompletableFuture<>();
    /** Guarded by this; only the first to stop does it. */
    private boolean stopping;

    @Inject
    Edgewire(Injector injector, EdgeServer main) {
        this.injector = injector;
        this.main = main;
        servers.add(main);
    }

    /** Wires a configuration and the modules that it names things from; starts nothing. */
    public static Edgewire create(EdgewireConfig config, Module... modules) {
        List<Module> all = new ArrayList<>(List.of(modules));
        all.add(0, new EdgewireModule(config));
        return EdgewireInjector.get(EdgewireInjector.create(all), Edgewire.class);
    }

    /** Wires and starts, without waiting for the network; {@link #awaitListening} does. */
    public static Edgewire start(EdgewireConfig config, Module... modules) {
        Edgewire edgewire = create(config, modules);
        edgewire.start();
        return edgewire;
    }

    /** Starts the configured server; the same as {@link EdgeServer#start}. */
    public CompletableFuture<InetSocketAddress> start() {
        return main.start();
    }

    /**
     * Waits until the configured server listens, for as long as its station takes to join.
     *
     * @return where it listens
     * @throws io.edgewire.api.TransportException if the address cannot be bound
     * @throws EdgeServerException if the station gave up
     */
    public InetSocketAddress awaitListening() {
        try {
            return main.start().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** The configured server. */
    public EdgeServer server() {
        return main;
    }

    /** Everything that is wired. */
    public Injector injector() {
        return injector;
    }

    /**
     * One more server on the same station and transport, such as a second port with another protocol. It is stopped
     * with the others.
     *
     * @return the server, not yet started
     * @throws IllegalStateException if everything is being stopped
     */
    public synchronized EdgeServer addServer(String name, EdgeServerOptions options, ProtocolFactory protocol) {
        if (stopping) {
            throw new IllegalStateException(name + " cannot be added: everything has been stopped");
        }
        Wired wired = injector.getInstance(Wired.class);
        EdgeServer added = new EdgeServer(
                name,
                wired.station(),
                wired.transport(),
                protocol,
                options,
                wired.scheduler(),
                wired.blocking(),
                wired.events());
        servers.add(added);
        return added;
    }

    /** {@link #stop(Duration)} within the configured drain timeout. */
    @Override
    public void close() {
        stop(injector.getInstance(EdgeServerOptions.class).drainTimeout());
    }

    /**
     * Drains every server and closes everything. A second call while the first drains cuts off what is left if its
     * limit is zero, and waits for the first.
     *
     * @param limit how long connections have to end by themselves
     * @return FORCED if anything was cut off
     */
    public StopOutcome stop(Duration limit) {
        if (!first()) {
            if (limit.isZero() && !stopped.isDone()) {
                servers.forEach(server -> server.stopAsync(limit));
            }
            return stopped.join();
        }
        StopOutcome outcome = StopOutcome.NOT_RUNNING;
        try {
            outcome = drain(limit);
        } finally {
            try {
                injector.getInstance(Wired.class).close();
            } finally {
                // Also after a close that failed: another caller waits for this one.
                stopped.complete(outcome);
            }
        }
        return outcome;
    }

    private synchronized boolean first() {
        boolean first = !stopping;
        stopping = true;
        return first;
    }

    /** All at once, so that the limit is one for all of them. */
    private StopOutcome drain(Duration limit) {
        List<CompletableFuture<StopOutcome>> outcomes = new ArrayList<>();
        for (EdgeServer server : servers) {
            outcomes.add(server.stopAsync(limit));
        }
        StopOutcome worst = StopOutcome.NOT_RUNNING;
        for (CompletableFuture<StopOutcome> outcome : outcomes) {
            StopOutcome one = outcome.join();
            if (one == StopOutcome.FORCED || worst == StopOutcome.NOT_RUNNING) {
                worst = one;
            }
        }
        return worst;
    }
}
