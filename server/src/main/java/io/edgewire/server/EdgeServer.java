package io.edgewire.server;

import io.edgewire.api.Listener;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.Scheduler;
import io.edgewire.api.StopOutcome;
import io.edgewire.api.Transport;
import io.edgewire.api.TransportException;
import io.edgewire.api.event.EventSink;
import io.edgewire.api.wlan.Station;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/**
 * A server that lives on a station's link: listens while the station is up, and follows it to another address. Several
 * servers may share one station and one transport.
 *
 * <p>A server that listens on more than the station's address keeps its port when the link is lost; only the connections
 * that came over the lost address end.
 *
 * <p><b>Threads.</b> Every method from any thread. Owns none: it steps on the scheduler, where all of its state lives,
 * and gives what may block to the executor. {@link #stop} waits and so may not be called on the scheduler or by a
 * handler.
 *
 * <p><b>Lifecycle.</b> {@link #start} once, {@link #stop} once. Station and transport belong to who made them: close
 * them after the server has stopped.
 *
 * <p><b>Failure.</b> The first bind that fails ends the start; a later one is told and tried again. Where no try could
 * help, as on a transport that was closed, the server ends: {@link #stopped} tells it.
 */
public final class EdgeServer {
    private final String name;
    private final EdgeServerOptions options;
    private final Scheduler scheduler;
    private final ServerLife life;
    private final AtomicBoolean begun = new AtomicBoolean();

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
        this(name, station, transport, protocol, options, scheduler, blocking, events, new SplittableRandom());
    }

    /** As the other, with a given source of jitter, for tests that are to come out the same each time. */
    public EdgeServer(
            String name,
            Station station,
            Transport transport,
            ProtocolFactory protocol,
            EdgeServerOptions options,
            Scheduler scheduler,
            Executor blocking,
            EventSink events,
            RandomGenerator jitter) {
        this.name = Objects.requireNonNull(name, "name");
        this.options = Objects.requireNonNull(options, "options");
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        this.life = new ServerLife(
                name,
                Objects.requireNonNull(station, "station"),
                Objects.requireNonNull(transport, "transport"),
                Objects.requireNonNull(protocol, "protocol"),
                options,
                scheduler,
                Objects.requireNonNull(blocking, "blocking"),
                Objects.requireNonNull(events, "events"),
                Objects.requireNonNull(jitter, "jitter"));
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
        return life.listener == null ? Optional.empty() : Optional.ofNullable(life.last);
    }

    /** How many connections are open. */
    public int connections() {
        Listener now = life.listener;
        return now == null ? 0 : now.connections();
    }

    /**
     * Joins the station's network and listens as soon as it is up. Calling it again changes nothing.
     *
     * @return the first address that it listens on; or the {@link TransportException} of the first bind, or an
     *     {@link EdgeServerException} if the station gives up or the server is stopped before
     */
    public CompletableFuture<InetSocketAddress> start() {
        // Only the first call needs the scheduler: who asks again may do so when everything is closed.
        if (begun.compareAndSet(false, true) && !life.stopped.isDone()) {
            scheduler.execute(life::begin);
        }
        return life.started.copy();
    }

    /**
     * Completes when the server has ended, by {@link #stop} or by itself: after a bind that it does not try again. A
     * program that only serves waits here, so as not to live on without its port.
     *
     * @return how it ended; NOT_RUNNING if it ended by itself
     */
    public CompletableFuture<StopOutcome> stopped() {
        return life.stopped.copy();
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
        // Who stops again may do so when everything is closed, the scheduler too.
        if (!life.stopped.isDone()) {
            scheduler.execute(() -> life.end(limit));
        }
        return life.stopped.copy();
    }
}
