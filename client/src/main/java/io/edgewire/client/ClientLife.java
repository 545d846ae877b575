package io.edgewire.client;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.Registration;
import io.edgewire.api.Scheduler;
import io.edgewire.api.Timer;
import io.edgewire.api.event.ClientEvent;
import io.edgewire.api.event.EventSink;
import io.edgewire.api.wlan.Station;
import io.edgewire.api.wlan.StationState;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a client's life.
 *
 * <pre>
 *            start                      failed
 *   Created ───────▶ Connecting ◀────────────────▶ Waiting
 *                     │   ▲ │ ▲     back-off        │   ▲
 *             no link │   │ │ └───────────────┐     │   │
 *                     ▼   │ ▼ opened          │ up  │   │ lost
 *                   Paused │ Connected ───────┼─────┼───┘
 *                     ▲    │  │               │     │
 *                     │    └──┼─ up           │     │ no link
 *                     └───────┴───────────────┴─────┘        stop: Stopping ──▶ Closing ──▶ Closed
 * </pre>
 *
 * <p><b>Threads.</b> Everything lives on the scheduler but {@link #tell}, {@link #calling} and {@link #isCalling}.
 */
final class ClientLife {
    final CompletableFuture<Void> ended = new CompletableFuture<>();
    final Waiting waiting;
    /** The last event that is a state; written on the scheduler, read by any thread. */
    volatile Optional<ClientEvent> state = Optional.empty();

    private final ClientOptions options;
    private final Dialer dialer;
    private final ProtocolFactory layered;
    private final Scheduler scheduler;
    private final RandomGenerator jitter;
    private final EventSink events;
    private final Handed handed;
    /** Whether this thread runs a callback of the client's: it must not wait for room. */
    private final ThreadLocal<Boolean> calling = ThreadLocal.withInitial(() -> false);

    private Phase phase = Phase.CREATED;
    private int failures;
    private @Nullable Dialing dialing;
    private @Nullable Link link;
    private @Nullable Timer retry;
    private @Nullable Timer limit;

    /** Where there is no station to follow the link is always up. */
    private boolean linkUp = true;

    private Optional<InetAddress> stationAddress = Optional.empty();
    /** The station's address when the connection opened. */
    private Optional<InetAddress> servedBy = Optional.empty();

    private @Nullable Timer grace;
    private Registration observing = Registration.NONE;

    private enum Phase {
        CREATED,
        RUNNING,
        /** What waits is still handed over. */
        STOPPING,
        /** The connection sends its FIN. */
        CLOSING,
        CLOSED
    }

    ClientLife(ClientOptions options, Dialer dialer, Layers layers, RandomGenerator jitter, EventSink events) {
        this.options = options;
        this.dialer = dialer;
        this.scheduler = dialer.scheduler();
        this.layered = layers.over(this);
        this.jitter = jitter;
        this.events = events;
        waiting = new Waiting(options.queue(), scheduler);
        handed = new Handed(options.queue());
    }

    /** Makes the handlers of connections, which tell the life what happens. */
    interface Layers {
        ProtocolFactory over(ClientLife life);
    }

    // From any thread.

    /** Does something on the scheduler, after what this thread gave to it before. */
    void tell(Runnable step) {
        scheduler.execute(() -> calling(step));
    }

    /** Runs a callback on this thread. */
    void calling(Runnable callback) {
        boolean outer = calling.get();
        calling.set(true);
        try {
            callback.run();
        } finally {
            calling.set(outer);
        }
    }

    boolean isCalling() {
        return calling.get();
    }

    // On the scheduler.

    void begin(Optional<Station> station) {
        if (phase != Phase.CREATED) {
            return;
        }
        phase = Phase.RUNNING;
        if (station.isPresent()) {
            linkUp = false;
            observing = station.get().observe(state -> tell(() -> changed(state)));
        }
        step();
    }

    /** Tries to connect, unless it does so already or must not. */
    private void step() {
        boolean wants = phase == Phase.RUNNING || phase == Phase.STOPPING;
        if (!wants || link != null || dialing != null || retry != null) {
            return;
        }
        if (linkUp) {
            enter(new ClientEvent.Connecting(options.name(), failures + 1));
            dialing = dialer.dial(options.dial(), layered, why -> calling(() -> dialFailed(why)));
        } else if (!(state.orElse(null) instanceof ClientEvent.Paused)) {
            enter(new ClientEvent.Paused(options.name()));
        }
    }

    private void dialFailed(String why) {
        dialing = null;
        failures++;
        if (phase == Phase.CLOSING) { // it had connected, could not be cancelled any more, and yet no handler was made
            finish();
        } else {
            again(why);
        }
    }

    private void again(String why) {
        if (!linkUp) {
            step();
        } else if (phase == Phase.RUNNING || phase == Phase.STOPPING) {
            Duration delay = options.backoff().after(failures, jitter);
            enter(new ClientEvent.Waiting(options.name(), failures + 1, delay, why));
            retry = after(delay, () -> {
                retry = null;
                step();
            });
        }
    }

    void opened(Link opened) {
        dialing = null;
        link = opened;
        opened.openedAt = scheduler.nanos();
        Connection connection = opened.connection();
        servedBy = stationAddress;
        enter(new ClientEvent.Connected(options.name(), connection.id(), connection.local(), connection.remote()));
        if (phase == Phase.CLOSING) { // it could not be cancelled any more
            connection.close();
            return;
        }
        if (!linkUp) {
            beginGrace();
        }
        pump();
    }

    void gone(Link gone, boolean opened, CloseReason reason, String detail) {
        if (opened) {
            closed(gone, reason, detail);
        } else {
            dialFailed("connected, but a layer ended it before it was open: " + reason
                    + (detail.isEmpty() ? "" : " (" + detail + ")"));
        }
    }

    private void closed(Link closed, CloseReason reason, String detail) {
        link = null;
        grace = cancel(grace);
        boolean lasted = scheduler.nanos() - closed.openedAt >= options.steady().toNanos();
        failures = lasted ? 1 : failures + 1;
        Connection connection = closed.connection();
        int unknown = handed.lost();
        events.accept(new ClientEvent.Disconnected(
                options.name(), connection.id(), connection.remote(), reason, detail, unknown));
        if (phase == Phase.CLOSING) {
            finish();
        } else if (reason == CloseReason.LINK_LOST && linkUp) {
            failures = 0;
            step(); // the station is up again, at another address
        } else {
            again(reason + (detail.isEmpty() ? "" : " (" + detail + ")"));
        }
        stopIfDone();
    }

    /** Hands over what waits, as far as connection and window allow. */
    void pump() {
        boolean more = link != null && linkUp && phase != Phase.CLOSING;
        while (more && link != null) {
            Connection connection = link.connection();
            Outgoing next = connection.writable() && !handed.holds() ? waiting.poll() : null;
            more = next != null && hand(next, connection);
        }
        stopIfDone();
    }

    private boolean hand(Outgoing next, Connection connection) {
        try {
            if (!connection.send(next.bytes())) {
                waiting.putBack(next); // not a byte of it was taken (C-7)
                return false;
            }
            handed.add(next);
        } catch (IllegalArgumentException e) { // the framing's, about this message: the next one may be well
            next.impossible(e);
        }
        return true;
    }

    void proved(long number) {
        handed.proved(number);
        pump();
    }

    private void changed(StationState now) {
        boolean isUp = now instanceof StationState.Up;
        stationAddress =
                now instanceof StationState.Up up ? Optional.of(up.config().address()) : Optional.empty();
        if (isUp) {
            linkUp = true;
            grace = cancel(grace);
            cameUp();
        } else if (linkUp) {
            linkUp = false;
            retry = cancel(retry);
            if (dialing != null && dialing.cancel()) {
                dialing = null;
            }
            beginGrace();
        }
        step();
    }

    private void cameUp() {
        if (link == null) {
            retry = cancel(retry);
            failures = 0;
        } else if (!servedBy.equals(stationAddress)) {
            link.connection().abort(CloseReason.LINK_LOST); // the server's answers go to an address that is not ours
        } else {
            pump();
        }
    }

    private void beginGrace() {
        if (link != null && grace == null) {
            Connection connection = link.connection();
            grace = after(options.linkGrace(), () -> connection.abort(CloseReason.LINK_LOST));
        }
    }

    /** Takes no more, hands over what waits for as long as the limit allows, and closes. */
    void stop(Duration most) {
        waiting.close();
        if (phase == Phase.CREATED) {
            finish();
        } else if (phase == Phase.RUNNING || phase == Phase.STOPPING) {
            phase = Phase.STOPPING;
            cancel(limit);
            limit = after(most, this::endNow);
            stopIfDone();
        }
    }

    private void stopIfDone() {
        boolean proved = options.queue().unproved() == Unproved.GIVE_UP || handed.isEmpty();
        if (phase == Phase.STOPPING && waiting.isEmpty() && proved) {
            endNow();
        }
    }

    private void endNow() {
        phase = Phase.CLOSING;
        limit = cancel(limit);
        retry = cancel(retry);
        boolean opening = dialing != null && !dialing.cancel();
        if (link != null) {
            Connection connection = link.connection();
            connection.close();
            limit = after(options.dial().connection().timeouts().close(), () -> connection.abort(CloseReason.SHUTDOWN));
        } else if (!opening) {
            finish();
        }
    }

    private void finish() {
        phase = Phase.CLOSED;
        observing.close();
        limit = cancel(limit);
        List<Outgoing> left = waiting.drain();
        left.forEach(message -> message.ended(Outcome.NOT_SENT));
        enter(new ClientEvent.Closed(options.name(), left.size()));
        ended.complete(null);
    }

    private void enter(ClientEvent next) {
        state = Optional.of(next);
        events.accept(next);
    }

    private Timer after(Duration delay, Runnable task) {
        return scheduler.after(delay, () -> calling(task));
    }

    private static @Nullable Timer cancel(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
        return null;
    }
}
