package io.edgewire.device.k230;

import io.edgewire.api.Registration;
import io.edgewire.api.Scheduler;
import io.edgewire.api.Timer;
import io.edgewire.api.wlan.Capabilities.Capability;
import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.JoinFailure;
import io.edgewire.api.wlan.StationState;
import io.edgewire.api.wlan.StationState.LossCause;
import io.edgewire.api.wlan.WlanDevice;
import io.edgewire.api.wlan.WlanException;
import io.edgewire.device.k230.DeviceCalls.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a station does next: a function of its state and of what one look at the device shows.
 *
 * <pre>
 *           join                  link up                 address
 *   Down ──────────▶ Associating ─────────▶ Acquiring ─────────────▶ Up
 *    ▲                 │ ▲   ▲  │ failed,      │ link down,           │ link down, address gone
 *    │ leave,          │ │   │  │ timed out    │ no lease             │ or changed, device failed
 *    │ from any        │ │   │  ▼              ▼                      ▼
 *    │                 │ │  Retrying ◀─────────┤                     Lost
 *    │                 │ │  back-off over,     │                      │ at once
 *    │                 │ │  or it came back    │                      │
 *    │                 │ └─────────────────────┼──────────────────────┘
 *    └──── Failed ◀────┴───────────────────────┘ pointless, or out of attempts
 *
 *   within Associating:
 *   BOARD ──grace over──▶ WAITING ──no call under way, link not up──▶ CALLED ──returned──▶ ANSWERED
 * </pre>
 *
 * <p>Every method runs on the scheduler but {@link #wake}, which any thread may call, and {@link #connect}, which runs
 * on the executor.
 */
final class StationMachine {
    /** Given to {@code connect} beyond its own limit before it counts as overdue (D-5). */
    private static final Duration DELAY = Duration.ofSeconds(1);

    /** How far an attempt to associate is. */
    private enum Join {
        /** A device that reconnects by itself is left to it. */
        BOARD,
        /** {@code connect} is due as soon as no other call is under way. */
        WAITING,
        /** {@code connect} has not returned. */
        CALLED,
        /** {@code connect} has returned; the outcome is the link. */
        ANSWERED
    }

    private final WlanDevice device;
    private final Credentials credentials;
    private final StationOptions options;
    private final Scheduler scheduler;
    /** The wait after so many failures in a row. */
    private final IntFunction<Duration> backoff;

    private final DeviceCalls calls;
    private final Consumer<StationState> entered;
    private final Consumer<RuntimeException> failures;
    /** Set by {@link #wake} on any thread, cleared on the scheduler: many signals make one look. */
    private final AtomicBoolean woken = new AtomicBoolean();

    private Registration signals = Registration.NONE;
    /** What the present state makes of evidence; null while it rests. */
    private @Nullable Consumer<Evidence> look;
    /** Ends the present state, or the present part of it. */
    private @Nullable Timer limit;

    private @Nullable Timer poll;
    private Join join = Join.WAITING;
    /** Which attempt in a row this is; 0 in Down. */
    private int attempt;
    /** Counts changes of state, so that an answer to an earlier state's question is not taken for this one's. */
    private long epoch;
    /** Whether the last look failed: a device that stays dumb is reported once. */
    private boolean blind;
    /** Whether a fixed address was set since the last poll: once a poll is often enough. */
    private boolean addressSet;

    private boolean closed;

    StationMachine(
            WlanDevice device,
            Credentials credentials,
            StationOptions options,
            Scheduler scheduler,
            Executor blocking,
            IntFunction<Duration> backoff,
            Consumer<StationState> entered,
            Consumer<RuntimeException> failures) {
        this.device = device;
        this.credentials = credentials;
        this.options = options;
        this.scheduler = scheduler;
        this.backoff = backoff;
        this.entered = entered;
        this.failures = failures;
        this.calls = new DeviceCalls(scheduler, blocking, failures, this::step);
    }

    void join() {
        if (closed || look != null) {
            return;
        }
        if (signals == Registration.NONE) {
            signals = listen();
        }
        poll = scheduler.after(options.pollInterval(), this::poll);
        associate(1, Join.WAITING, look());
    }

    void leave() {
        if (down()) {
            calls.give(call(Kind.DISCONNECT, options.callTimeout(), device::disconnect, thrown -> {}));
        }
    }

    /** Rests for ever; the device is closed when no call is under way any more, or does not end in time. */
    void close(Runnable closeDevice) {
        if (closed) {
            return;
        }
        closed = true;
        signals.close();
        down();
        calls.end(options.callTimeout(), closeDevice);
    }

    /** Rests in Down; false if it did already. */
    private boolean down() {
        if (attempt == 0) {
            return false;
        }
        attempt = 0;
        rest(new StationState.Down());
        return true;
    }

    /** The device may have changed. Any thread. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            scheduler.execute(() -> {
                woken.set(false);
                step();
            });
        }
    }

    private Registration listen() {
        try {
            return device.onChange(this::wake);
        } catch (RuntimeException e) {
            // Polling finds everything that signals would have told, only later.
            failures.accept(e);
            return Registration.NONE;
        }
    }

    private void poll() {
        poll = scheduler.after(options.pollInterval(), this::poll);
        addressSet = false;
        step();
    }

    private void step() {
        if (look != null) {
            look.accept(look());
        }
    }

    private Evidence look() {
        Evidence evidence = Evidence.of(device);
        if (!blind) {
            evidence.failure().ifPresent(failures);
        }
        blind = evidence.blind();
        return evidence;
    }

    private void associate(int number, Join first, Evidence seen) {
        attempt = number;
        join = first;
        enter(new StationState.Associating(number), this::whileAssociating);
        if (first == Join.BOARD) {
            limit(options.reconnectGrace(), this::boardHadItsTime);
        } else {
            limitAttempt();
        }
        whileAssociating(seen);
    }

    private void boardHadItsTime() {
        join = Join.WAITING;
        limitAttempt();
        step();
    }

    private void limitAttempt() {
        limit(
                options.connectTimeout().plus(DELAY),
                () -> fail(blind ? JoinFailure.DEVICE_FAILED : JoinFailure.TIMED_OUT));
    }

    private void whileAssociating(Evidence seen) {
        if (calls.leaving()) {
            return;
        }
        if (seen.linkUp()) {
            enter(new StationState.Acquiring(), this::whileAcquiring);
            limit(options.leaseTimeout(), () -> fail(JoinFailure.NO_LEASE));
            whileAcquiring(seen);
        } else if (join == Join.WAITING && seen.blind() && attempt == 1) {
            // It may be up: one back-off to come round, then connect all the same, which may revive it.
            fail(JoinFailure.DEVICE_FAILED);
        } else if (join == Join.WAITING && calls.idle() && !seen.joining()) {
            connectNow();
        } else if (join == Join.ANSWERED && !seen.joining()) {
            fail(seen.why());
        }
    }

    private void connectNow() {
        join = Join.CALLED;
        limitAttempt();
        Duration overdue = options.connectTimeout().plus(DELAY);
        calls.give(call(Kind.CONNECT, overdue, this::connect, thrown -> {
            join = Join.ANSWERED;
            thrown.ifPresent(this::failedBy);
        }));
    }

    private void connect() {
        options.fixedAddress().ifPresent(device::useFixedAddress);
        device.connect(credentials, options.connectTimeout());
    }

    private void whileAcquiring(Evidence seen) {
        if (seen.usable(options.fixedAddress())) {
            enter(new StationState.Up(seen.ifconfig()), later -> whileUp(later, seen.ifconfig()));
        } else if (!seen.linkUp()) {
            fail(seen.why());
        } else if (calls.idle() && !addressSet) {
            options.fixedAddress().ifPresent(this::setAddress);
        }
    }

    /** Again: a board may forget a fixed address when it associates, and ask DHCP instead. */
    private void setAddress(IfConfig wanted) {
        addressSet = true;
        calls.give(call(
                Kind.SET_ADDRESS,
                options.callTimeout(),
                () -> device.useFixedAddress(wanted),
                thrown -> thrown.ifPresent(this::failedBy)));
    }

    private void whileUp(Evidence seen, IfConfig known) {
        if (seen.blind()) {
            lost(LossCause.DEVICE_FAILED, seen);
        } else if (!seen.linkUp()) {
            lost(LossCause.LINK_DOWN, seen);
        } else if (!seen.ifconfig().hasAddress()) {
            lost(LossCause.ADDRESS_GONE, seen);
        } else if (!seen.at(known)) {
            lost(LossCause.ADDRESS_CHANGED, seen);
        }
    }

    private void lost(LossCause why, Evidence seen) {
        enter(new StationState.Lost(why), later -> {});
        associate(1, comesBack() ? Join.BOARD : Join.WAITING, seen);
    }

    private boolean comesBack() {
        try {
            return !options.reconnectGrace().isZero() && device.capabilities().has(Capability.RECONNECTS);
        } catch (RuntimeException e) {
            // A device that cannot tell has failed, and the look that follows says so.
            return false;
        }
    }

    /** A wrong key is final, and so is what this device cannot do at all (S-5). */
    private void failedBy(RuntimeException thrown) {
        boolean pointless = thrown instanceof WlanException e
                && (e.kind() == WlanException.Kind.UNSUPPORTED || e.kind() == WlanException.Kind.CLOSED);
        if (pointless) {
            rest(new StationState.Failed(JoinFailure.DEVICE_FAILED));
        } else {
            fail(JoinFailure.DEVICE_FAILED);
        }
    }

    private void fail(JoinFailure why) {
        boolean spent = options.maxAttempts() > 0 && attempt >= options.maxAttempts();
        if (why == JoinFailure.WRONG_KEY || spent) {
            rest(new StationState.Failed(why));
        } else {
            retry(why, attempt + 1, backoff.apply(attempt));
        }
        if (calls.idle() && (why == JoinFailure.NO_LEASE || why == JoinFailure.TIMED_OUT)) {
            // The next attempt starts afresh; connect while the link is up would not (S-7).
            calls.give(call(Kind.DISCONNECT, options.callTimeout(), device::disconnect, thrown -> {}));
        }
    }

    private void retry(JoinFailure why, int following, Duration delay) {
        enter(new StationState.Retrying(why, following, delay), seen -> {
            // A board that came back by itself: waiting on would only cost time.
            if (calls.idle() && seen.usable(options.fixedAddress())) {
                associate(following, Join.WAITING, seen);
            }
        });
        limit(delay, () -> associate(following, Join.WAITING, look()));
    }

    private void rest(StationState state) {
        cancel(poll);
        enter(state, null);
    }

    private void enter(StationState state, @Nullable Consumer<Evidence> then) {
        epoch++;
        cancel(limit);
        look = then;
        entered.accept(state);
    }

    private void limit(Duration delay, Runnable task) {
        cancel(limit);
        limit = scheduler.after(delay, task);
    }

    /** A call whose answer counts only in the state that asked for it. */
    private DeviceCalls.Call call(
            Kind kind, Duration within, Runnable body, Consumer<Optional<RuntimeException>> answer) {
        long asked = epoch;
        return new DeviceCalls.Call(kind, within, body, thrown -> {
            if (asked == epoch) {
                answer.accept(thrown);
            }
        });
    }

    private static void cancel(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
