package io.edgewire.server;

import io.edgewire.api.Backoff;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a server's life.
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
 * <p><b>Threads.</b> Everything but the two futures and {@link #listener} lives on the scheduler.
 */
final class ServerLife {
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 0);

    final CompletableFuture<InetSocketAddress> started = new CompletableFuture<>();
    final CompletableFuture<StopOutcome> stopped = new CompletableFuture<>();

    private final String name;
    private final Station station;
    private final Transport transport;
    private final ProtocolFactory protocol;
    private final EdgeServerOptions options;
    private final Scheduler scheduler;
    private final Executor blocking;
    private final OneCall calls;
    private final EventSink events;
    private final LinkConnections link;
    private final RandomGenerator jitter;

    /** Written on the scheduler, read by any thread. */
    volatile @Nullable Listener listener;
    /** Where we listen or did last. Written on the scheduler before {@link #listener}, read by any thread. */
    volatile @Nullable InetSocketAddress last;

    private Phase phase = Phase.CREATED;
    /** Binds in a row that failed. */
    private int failures;

    private Registration observing = Registration.NONE;
    private boolean observed;
    /** The station's address, while it is up. */
    private @Nullable InetAddress up;
    /** The address of the station that our connections came over, until they are gone. */
    private @Nullable InetAddress served;

    /** What ended with an address, until it is told: on its own, or as a part of the move. */
    private @Nullable ServerEvent suspended;

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

    ServerLife(
            String name,
            Station station,
            Transport transport,
            ProtocolFactory protocol,
            EdgeServerOptions options,
            Scheduler scheduler,
            Executor blocking,
            EventSink events,
            RandomGenerator jitter) {
        this.name = name;
        this.station = station;
        this.transport = transport;
        this.protocol = protocol;
        this.options = options;
        this.scheduler = scheduler;
        this.blocking = blocking;
        this.events = events;
        this.jitter = jitter;
        this.link = new LinkConnections(protocol);
        calls = new OneCall(scheduler, blocking, this::step);
    }

    void begin() {
        if (phase == Phase.CREATED) {
            phase = Phase.RUNNING;
            try {
                station.join();
                observing = station.observe(state -> scheduler.execute(() -> changed(state)));
            } catch (RuntimeException e) {
                // Whoever waits for the start hears it; without a station nothing would ever follow.
                started.completeExceptionally(e);
                finish(StopOutcome.NOT_RUNNING);
            }
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
        if (calls.busy()) {
            return;
        }
        if (phase == Phase.STOPPING) {
            drain();
        } else if (phase == Phase.RUNNING && up != null) {
            grace = cancel(grace);
            follow(up);
        } else if (phase == Phase.RUNNING) {
            tellSuspended();
            if (served != null && grace == null) {
                grace = scheduler.after(options.linkGrace(), this::graceOver);
            }
        }
    }

    /** The station is up. */
    private void follow(InetAddress address) {
        if (served != null && !served.equals(address)) {
            leave(served);
        }
        if (calls.busy()) {
            return;
        }
        if (listener == null) {
            if (retry == null) {
                bind(address);
            }
        } else {
            served = address;
            link.back(address);
        }
    }

    private void graceOver() {
        grace = null;
        if (phase == Phase.RUNNING && !calls.busy() && up == null && served != null) {
            leave(served);
        }
    }

    /** Ends what came over an address that is not ours any more. */
    private void leave(InetAddress address) {
        served = null;
        Listener left = listener;
        if (options.bind().isPresent()) {
            link.lost(address);
        } else if (left != null && last != null) {
            suspended = new ServerEvent.Suspended(name, last, left.connections());
            boolean moving = up != null;
            calls.begin(
                    () -> {
                        left.abort(CloseReason.LINK_LOST);
                        return left;
                    },
                    (ended, failure) -> {
                        listener = null;
                        if (!moving) {
                            tellSuspended();
                        }
                        report(failure);
                    });
        }
    }

    /** A move tells both addresses when it is done; whatever else follows an end is told after it. */
    private void tellSuspended() {
        ServerEvent ended = suspended;
        suspended = null;
        if (ended != null) {
            events.accept(ended);
        }
    }

    /** No rule lets a listener fail to end; the scheduler reports it if one does, and the server goes on. */
    private void report(@Nullable Throwable failure) {
        if (failure != null) {
            throw new IllegalStateException("the listener of " + name + " did not end in order", failure);
        }
    }

    private void bind(InetAddress address) {
        InetSocketAddress wanted = new InetSocketAddress(options.bind().orElse(address), port());
        ProtocolFactory factory = options.bind().isPresent() ? link : protocol;
        calls.begin(() -> transport.listen(options.limits().withAddress(wanted), factory), (bound, failure) -> {
            if (bound != null) {
                bound(bound, address, wanted.getAddress());
            } else if (failure != null) {
                notBound(failure, address);
            }
        });
    }

    private void bound(Listener bound, InetAddress address, InetAddress wanted) {
        served = address;
        link.back(address);
        failures = 0;
        InetSocketAddress before = last;
        // With IPv6 present the system says [::] for 0.0.0.0, which is what was configured and what people know.
        InetSocketAddress now = wanted.isAnyLocalAddress()
                ? new InetSocketAddress(wanted, bound.address().getPort())
                : bound.address();
        last = now;
        listener = bound;
        if (before == null || before.equals(now)) {
            tellSuspended();
            events.accept(new ServerEvent.Listening(name, now));
        } else {
            suspended = null;
            events.accept(new ServerEvent.Moved(name, before, now));
        }
        started.complete(now);
    }

    private void notBound(Throwable failure, InetAddress address) {
        if (phase == Phase.RUNNING && options.bind().isEmpty() && !address.equals(up)) {
            // The address went away meanwhile, which says nothing about the next one.
            return;
        }
        // Anything but a bind that failed, such as a closed transport, will not be better the next time.
        boolean again = last != null && failure instanceof TransportException && phase == Phase.RUNNING;
        failures++;
        Duration delay = again ? BACKOFF.after(failures, jitter) : Duration.ZERO;
        tellSuspended();
        events.accept(new ServerEvent.ListenFailed(name, failure, delay));
        if (again) {
            retry = scheduler.after(delay, () -> {
                retry = null;
                step();
            });
        } else if (phase == Phase.RUNNING) {
            started.completeExceptionally(failure);
            if (last == null) {
                finish(StopOutcome.NOT_RUNNING);
            } else {
                finished(StopOutcome.NOT_RUNNING);
            }
        }
    }

    /** Stops, and drains for as long as the limit allows. */
    void end(Duration limit) {
        if (phase == Phase.CREATED) {
            finish(StopOutcome.NOT_RUNNING);
        } else if (phase == Phase.RUNNING) {
            phase = Phase.STOPPING;
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
        tellSuspended();
        events.accept(new ServerEvent.Stopping(name, draining == null ? 0 : draining.connections(), drainLimit));
        if (draining == null) {
            finished(StopOutcome.DRAINED);
        } else {
            calls.begin(() -> draining.stop(drainLimit), (outcome, failure) -> {
                listener = null;
                finished(outcome == null ? StopOutcome.FORCED : outcome);
                report(failure);
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
        started.completeExceptionally(
                new EdgeServerException(EdgeServerException.Kind.STOPPED, name + ": stopped before it could listen"));
        stopped.complete(outcome);
    }

    /** The port that the first bind got, where any would do: clients look for us there. */
    private int port() {
        InetSocketAddress before = last;
        return before == null ? options.port() : before.getPort();
    }

    private static @Nullable Timer cancel(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
        return null;
    }
}
