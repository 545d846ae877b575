package io.edgewire.device.k230;

import io.edgewire.api.Scheduler;
import io.edgewire.api.Timer;
import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.JoinFailure;
import io.edgewire.api.wlan.LinkState;
import io.edgewire.device.k230.SimulatedProfile.Quirk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The association of a simulated board.
 *
 * <pre>
 *            begin              found            welcome              lease
 *   idle ──────────▶ scanning ─────────▶ joining ─────────▶ associated ─────▶ with address
 *    ▲ ▲                │ not found, out   │ refused           │ out of reach, dropped, left
 *    │ └──── failed ◀───┴─── of time ◀─────┘                   │
 *    └─────────────────────────────────────────────────────────┘
 *   idle ──▶ scanning by itself, with the quirk RECONNECTS and a network to remember
 * </pre>
 *
 * <p>Any thread may call; everything is decided under one lock, and what others are told is told after it was let go.
 */
final class SimulatedRadio implements SimulatedAir.Listener {
    /**
     * What a board shows.
     *
     * @param link the association
     * @param ifconfig the address
     */
    record View(LinkState link, IfConfig ifconfig) {}

    /** One attempt to join; ours or, with the quirk, the board's own. */
    private static final class Attempt {
        final Credentials with;
        final Gate gate;
        final boolean own;
        int scans;

        @Nullable
        Timer limit;

        Attempt(Credentials with, Gate gate, boolean own) {
            this.with = with;
            this.gate = gate;
            this.own = own;
        }
    }

    private final SimulatedProfile profile;
    private final SimulatedLatencies latencies;
    private final SimulatedAir air;
    private final Scheduler scheduler;
    private final Supplier<Gate> gates;
    private final Runnable changed;
    private final RememberedNetworks remembered = new RememberedNetworks();

    private final Object lock = new Object();
    /** Written under the lock, read by any thread. */
    private volatile View view = new View(LinkState.DOWN, IfConfig.NONE);
    // All below: guarded by the lock.
    private final List<Runnable> afterwards = new ArrayList<>();
    private @Nullable Attempt attempt;
    private @Nullable SimulatedAccessPoint associated;
    private @Nullable IfConfig fixed;
    private @Nullable Timer lease;
    private @Nullable Timer reconnect;
    private boolean autoReconnect = true;
    private boolean closed;

    SimulatedRadio(
            SimulatedWlanOptions options,
            SimulatedAir air,
            Scheduler scheduler,
            Supplier<Gate> gates,
            Runnable changed) {
        this.profile = options.profile();
        this.latencies = options.latencies();
        this.air = air;
        this.scheduler = scheduler;
        this.gates = gates;
        this.changed = changed;
        air.feltBy(this);
    }

    View view() {
        return view;
    }

    /** Begins to join; the gate opens when the attempt is over. */
    Gate begin(Credentials credentials, Duration limit) {
        Gate gate = gates.get();
        change(() -> {
            SimulatedAccessPoint here = associated;
            if (here != null && here.answersTo(credentials.ssid())) {
                afterwards.add(gate::open);
                return;
            }
            detach();
            Attempt ours = start(credentials, gate, false);
            ours.limit = later(limit, () -> end(ours, JoinFailure.TIMED_OUT));
            show(LinkState.JOINING, IfConfig.NONE);
        });
        return gate;
    }

    void leave() {
        change(() -> {
            detach();
            show(LinkState.DOWN, IfConfig.NONE);
            reconnectLater();
        });
    }

    void fix(Optional<IfConfig> address) {
        change(() -> {
            fixed = address.orElse(null);
            if (associated != null) {
                cancel(lease);
                address.ifPresentOrElse(config -> show(LinkState.UP, config), this::askForLease);
            }
            if (profile.has(Quirk.FORGETS_ADDRESS) && associated == null) {
                fixed = null;
            }
        });
    }

    void autoReconnect(boolean on) {
        change(() -> {
            autoReconnect = on;
            cancel(reconnect);
        });
    }

    void close() {
        change(() -> {
            detach();
            show(LinkState.DOWN, IfConfig.NONE);
            remembered.clear();
            closed = true;
        });
    }

    @Override
    public void reachChanged() {
        change(() -> {
            if (associated != null && !air.reaches(associated)) {
                lost();
            }
        });
    }

    @Override
    public void dropped() {
        change(() -> {
            if (associated != null) {
                lost();
            }
        });
    }

    @Override
    public void readdressed(IfConfig config) {
        change(() -> {
            if (associated != null && fixed == null) {
                cancel(lease);
                show(LinkState.UP, config);
            }
        });
    }

    @Override
    public void dhcpStarted() {
        change(() -> {
            if (associated != null && fixed == null && !view.ifconfig().hasAddress()) {
                askForLease();
            }
        });
    }

    private Attempt start(Credentials credentials, Gate gate, boolean own) {
        Attempt next = new Attempt(copy(credentials), gate, own);
        attempt = next;
        scan(next);
        return next;
    }

    private void scan(Attempt mine) {
        mine.scans++;
        later(latencies.scan(), () -> {
            if (attempt != mine) {
                return;
            }
            Optional<SimulatedAccessPoint> found = air.find(mine.with.ssid());
            if (found.isPresent()) {
                later(latencies.join(), () -> answer(mine, found.get()));
            } else if (mine.scans < profile.scansForMissing()) {
                scan(mine);
            } else {
                end(mine, JoinFailure.NOT_FOUND);
            }
        });
    }

    private void answer(Attempt mine, SimulatedAccessPoint point) {
        if (attempt != mine) {
            return;
        }
        Optional<JoinFailure> refusal =
                air.reaches(point) ? point.refusal(mine.with) : Optional.of(JoinFailure.NOT_FOUND);
        if (refusal.isPresent()) {
            end(mine, refusal.get());
            return;
        }
        if (profile.has(Quirk.RECONNECTS)) {
            remembered.add(copy(mine.with));
        }
        over(mine);
        associated = point;
        cancel(reconnect);
        if (profile.has(Quirk.FORGETS_ADDRESS)) {
            fixed = null;
        }
        show(LinkState.UP, fixed == null ? IfConfig.NONE : fixed);
        if (fixed == null) {
            askForLease();
        }
    }

    private void end(Attempt mine, JoinFailure why) {
        if (attempt != mine) {
            return;
        }
        over(mine);
        if (!mine.own) {
            show(LinkState.failed(profile.has(Quirk.HIDES_CAUSE) ? JoinFailure.UNKNOWN : why), IfConfig.NONE);
        }
        reconnectLater();
    }

    private void over(Attempt mine) {
        attempt = null;
        cancel(mine.limit);
        mine.with.close();
        afterwards.add(mine.gate::open);
    }

    private void askForLease() {
        cancel(lease);
        lease = later(latencies.lease(), () -> air.lease().ifPresent(config -> show(LinkState.UP, config)));
    }

    private void lost() {
        detach();
        show(LinkState.DOWN, IfConfig.NONE);
        reconnectLater();
    }

    /** Neither associated nor on the way to it. */
    private void detach() {
        cancel(lease);
        cancel(reconnect);
        associated = null;
        if (attempt != null) {
            over(attempt);
        }
    }

    /** Also after {@code leave}: that is the trap of the firmware which this quirk is named for. */
    private void reconnectLater() {
        if (profile.has(Quirk.RECONNECTS) && autoReconnect && !remembered.isEmpty()) {
            cancel(reconnect);
            reconnect = later(latencies.reconnect(), () -> {
                if (attempt == null && associated == null) {
                    start(remembered.next(), gates.get(), true);
                }
            });
        }
    }

    private void show(LinkState link, IfConfig ifconfig) {
        View next = new View(link, ifconfig);
        if (!next.equals(view)) {
            view = next;
            afterwards.add(changed);
        }
    }

    private Timer later(Duration delay, Runnable task) {
        return scheduler.after(delay, () -> change(task));
    }

    private void change(Runnable what) {
        List<Runnable> told;
        synchronized (lock) {
            if (!closed) {
                what.run();
            }
            told = List.copyOf(afterwards);
            afterwards.clear();
        }
        told.forEach(Runnable::run);
    }

    private static Credentials copy(Credentials credentials) {
        return credentials.isOpen()
                ? Credentials.open(credentials.ssid())
                : credentials.withKey(key -> Credentials.of(credentials.ssid(), key));
    }

    private static void cancel(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
