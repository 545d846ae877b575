package io.edgewire.server;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Listener;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.Registration;
import io.edgewire.api.Scheduler;
import io.edgewire.api.StopOutcome;
import io.edgewire.api.Timer;
import io.edgewire.api.Transport;
import io.edgewire.api.TransportException;
import io.edgewire.api.event.EventSink;
import io.edgewire.api.event.ServerEvent;
import io.edgewire.api.wlan.Station;
import io.edgewire.api.wlan.StationState;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A server that lives on a station's link: listens while the station is up, and follows it to another address. Several
 * servers may share one station and one transport.
 *
 * <pre>
 *             start              station is up              bound
 *   Created ─────────▶ Waiting ────────────────▶ Binding ───────────▶ Listening
 *                       ▲  ▲                      │  ▲                  │     ▲ same address
 *                       │  │ the first bind: ends │  │ back-off, after  │     │ within the grace
 *                       │  └──────────────────────┘  │ a later failure  ▼ lost│
 *                       │                            └─ another ◀──── Grace ──┘
 *                       └───────────────────────────────────────────────┘ the grace is over: LINK_LOST
 * </pre>
 *
 * A server that listens on more than the station's address keeps its port when the link is lost; only the connections
 * that came over the lost address end.
 *
 * <p><b>Threads.</b> Every method from any thread. Owns none: it steps on the scheduler, where all of its state lives,
 * and gives what may block to the executor. {@link #stop} waits and so may not be called on the scheduler or by a
 * handler.
 *
 * <p><b>Lifecycle.</b> {@link #start} once, {@link #stop} once. Station and transport belong to who made them: close
 * them after the server has stopped.
 *
 * <p><b>Failure.</b> The first bind that fails ends the start; a later one is told and tried again.
 */
public final class EdgeServer {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    private final String name;
    private final Station station;
    private final Transport transport;
    private final ProtocolFactory protocol;
    private final EdgeServerOptions options;
    private final Scheduler scheduler;
    private final Executor blocking;
    private final EventSink events;
    private final LinkConnections link;
    private final Backoff backoff = new Backoff(FIRST_RETRY, LONGEST_RETRY);
    private final CompletableFuture<InetSocketAddress> started = new CompletableFuture<>();
    private final CompletableFuture<StopOutcome> stopped = new CompletableFuture<>();

    /** Written on the scheduler, read by {@link #address} and {@link #connections} on any thread. */
    private volatile @Nullable Listener listener;

    // Everything below lives on the scheduler.
    private Phase phase = Phase.CREATED;
    private Registration observing = Registration.NONE;
    private boolean observed;
    /** A call of ours is under way on the executor; the next step waits for it. */
    private boolean busy;
    /** The station's address, while it is up. */
    private @Nullable InetAddress up;
    /** The address of the station that our connections came over, until they are gone. */
    private @Nullable InetAddress served;
    /** Where we listened last. */
    private @Nullable InetSocketAddress last;

    private @Nullable Timer grace;
    private @Nullable Timer retry;
    private Duration drainLimit = Duration.ZERO;

    private enum Phase {
        CREATED,
        RUNNING,
        /** Asked to stop, but a call is under way that must end first. */
        STOPPING,
        DRAINING,
        STOPPED
    }

    /**
     * A server.
     *
     * @param name names it in events
     * @param blocking runs what may wait: binding, ending connections, draining
     */
    public EdgeServer(
            String name,
            Station station,
            Transport transport,
            ProtocolFactory protocol,
            EdgeServerOptions options,
            Scheduler scheduler,
            Executor blocking,
            EventSink events) {
        this.name = Objects.requireNonNull(name, "name");
        this.station = Objects.requireNonNull(station, "station");
        this.transport = Objects.requireNonNull(transport, "transport");
        this.protocol = Objects.requireNonNull(protocol, "protocol");
        this.options = Objects.requireNonNull(options, "options");
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        this.blocking = Objects.requireNonNull(blocking, "blocking");
        this.events = Objects.requireNonNull(events, "events");
        this.link = new LinkConnections(protocol);
    }

    /** A server whose blocking calls, which are few, each run on a thread of their own. */
    public EdgeServer(
            String name,
            Station station,
            Transport transport,
            ProtocolFactory protocol,
            EdgeServerOptions options,
            Scheduler scheduler,
            EventSink events) {
        this(name, station, transport, protocol, options, scheduler, EdgewireThreads.each(name), events);
    }

    /** The name in events. */
    public String name() {
        return name;
    }

    /** Where it listens now, if it does. */
    public Optional<InetSocketAddress> address() {
        return Optional.ofNullable(listener).map(Listener::address);
    }

    /** How many connections are open. */
    public int connections() {
        Listener now = listener;
        return now == null ? 0 : now.connections();
    }

    /**
     * Joins the station's network and listens as soon as it is up. Calling it again changes nothing.
     *
     * @return the first address that it listens on; or the {@link TransportException} of the first bind, or an
     *     {@link EdgeServerException} if the station gives up or the server is stopped before
     */
    public CompletableFuture<InetSocketAddress> start() {
        scheduler.execute(this::begin);
        return started.copy();
    }

    /** {@link #stopAsync} within the configured time; waits for it. */
    public StopOutcome stop() {
        return stop(options.drainTimeout());
    }

    /**
     * {@link #stopAsync}, and waits for it.
     *
     * @param limit how long connections have to end by themselves
     */
    public StopOutcome stop(Duration limit) {
        try {
            return stopAsync(limit).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /**
     * Stops listening and drains; station and transport go on. While it drains, another call with a limit of zero cuts
     * off what is left.
     *
     * @param limit how long connections have to end by themselves
     * @return DRAINED also where the server was still waiting for its station, NOT_RUNNING if it was never started
     */
    public CompletableFuture<StopOutcome> stopAsync(Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("limit is " + limit + ", but must be zero or more");
        }
        scheduler.execute(() -> end(limit));
        return stopped.copy();
    }

    private void begin() {
        if (phase == Phase.CREATED) {
            phase = Phase.RUNNING;
            station.join();
            observing = station.observe(state -> scheduler.execute(() -> changed(state)));
        }
    }

    private void changed(StationState state) {
        boolean first = !observed;
        observed = true;
        up = state instanceof StationState.Up now ? now.config().address() : null;
        // What held before our join is an old failure, which the join has just ended.
        if (state instanceof StationState.Failed failed && !first) {
            started.completeExceptionally(new EdgeServerException(
                    EdgeServerException.Kind.STATION_FAILED, StationAdvice.failed(name, failed.why())));
        }
        retry = cancel(retry);
        step();
    }

    /** Does the next thing that is to do, if any; called after whatever changes the state. */
    private void step() {
        if (busy) {
            return;
        }
        if (phase == Phase.STOPPING) {
            drain();
        } else if (phase == Phase.RUNNING && up != null) {
            grace = cancel(grace);
            follow(up);
        } else if (phase == Phase.RUNNING && served != null && grace == null) {
            grace = scheduler.after(options.linkGrace(), this::graceOver);
        }
    }

    /** The station is up. */
    private void follow(InetAddress address) {
        if (served != null && !served.equals(address)) {
            leave(served);
        }
        if (busy) {
            return;
        }
        if (listener == null) {
            if (retry == null) {
                bind(address);
            }
        } else {
            served = address;
        }
    }

    private void graceOver() {
        grace = null;
        if (phase == Phase.RUNNING && !busy && up == null && served != null) {
            leave(served);
        }
    }

    /** Ends what came over an address that is not ours any more. */
    private void leave(InetAddress address) {
        served = null;
        Listener left = listener;
        if (options.bind().isPresent()) {
            link.abort(address);
        } else if (left != null) {
            int connections = left.connections();
            call(
                    () -> {
                        left.abort(CloseReason.LINK_LOST);
                        return connections;
                    },
                    (count, failure) -> left(left, connections, failure));
        }
    }

    private void left(Listener left, int connections, @Nullable Throwable failure) {
        listener = null;
        if (up == null) {
            events.accept(new ServerEvent.Suspended(name, left.address(), connections));
        }
        if (failure != null) {
            // No rule lets an abort fail here; the scheduler reports it, and the server goes on.
            throw new IllegalStateException("the listener of " + name + " did not end in order", failure);
        }
    }

    private void bind(InetAddress address) {
        InetSocketAddress wanted = new InetSocketAddress(options.bind().orElse(address), port());
        ProtocolFactory factory = options.bind().isPresent() ? link : protocol;
        call(() -> transport.listen(options.limits().withAddress(wanted), factory), (bound, failure) -> {
            if (bound != null) {
                bound(bound, address);
            } else if (failure != null) {
                notBound(failure);
            }
        });
    }

    private void bound(Listener bound, InetAddress address) {
        listener = bound;
        served = address;
        backoff.reset();
        InetSocketAddress before = last;
        InetSocketAddress now = bound.address();
        last = now;
        if (before == null || before.equals(now)) {
            events.accept(new ServerEvent.Listening(name, now));
        } else {
            events.accept(new ServerEvent.Moved(name, before, now));
        }
        started.complete(now);
    }

    private void notBound(Throwable failure) {
        // Anything but a bind that failed, such as a closed transport, will not be better the next time.
        boolean again = last != null && failure instanceof TransportException && phase == Phase.RUNNING;
        Duration delay = again ? backoff.next() : Duration.ZERO;
        events.accept(new ServerEvent.ListenFailed(name, failure, delay));
        if (again) {
            retry = scheduler.after(delay, () -> {
                retry = null;
                step();
            });
        } else if (phase == Phase.RUNNING) {
            started.completeExceptionally(failure);
            finish(StopOutcome.NOT_RUNNING);
        }
    }

    private void end(Duration limit) {
        if (phase == Phase.CREATED) {
            finish(StopOutcome.NOT_RUNNING);
        } else if (phase == Phase.RUNNING) {
            phase = Phase.STOPPING;
            observing.close();
            grace = cancel(grace);
            retry = cancel(retry);
            drainLimit = limit;
            step();
        } else if (phase == Phase.STOPPING) {
            drainLimit = limit.compareTo(drainLimit) < 0 ? limit : drainLimit;
        } else if (phase == Phase.DRAINING && limit.isZero() && listener != null) {
            blocking.execute(listener::close);
        }
    }

    private void drain() {
        phase = Phase.DRAINING;
        Listener draining = listener;
        events.accept(new ServerEvent.Stopping(name, connections(), drainLimit));
        if (draining == null) {
            finished(StopOutcome.DRAINED);
        } else {
            call(() -> draining.stop(drainLimit), (outcome, failure) -> {
                listener = null;
                finished(outcome == null ? StopOutcome.FORCED : outcome);
            });
        }
    }

    private void finished(StopOutcome outcome) {
        events.accept(new ServerEvent.Stopped(name, outcome));
        finish(outcome);
    }

    private void finish(StopOutcome outcome) {
        phase = Phase.STOPPED;
        observing.close();
        started.completeExceptionally(new EdgeServerException(
                EdgeServerException.Kind.STOPPED, "the server " + name + " was stopped before it could listen"));
        stopped.complete(outcome);
    }

    /** Runs what may wait on the executor, and then what follows, and the next step, on the scheduler. */
    private <T> void call(Supplier<T> work, BiConsumer<@Nullable T, @Nullable Throwable> then) {
        busy = true;
        CompletableFuture.supplyAsync(work, blocking)
                .whenComplete((result, failure) -> scheduler.execute(() -> {
                    busy = false;
                    try {
                        then.accept(result, failure instanceof CompletionException ? failure.getCause() : failure);
                    } finally {
                        step();
                    }
                }));
    }

    /** The port that the first bind got, where any would do: clients look for us there. */
    private int port() {
        return last == null ? options.port() : last.getPort();
    }

    private static @Nullable Timer cancel(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
        return null;
    }
}
