package io.edgewire.device.k230;

import io.edgewire.api.Registration;
import io.edgewire.api.Scheduler;
import io.edgewire.api.wlan.AccessPoint;
import io.edgewire.api.wlan.Capabilities;
import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.LinkState;
import io.edgewire.api.wlan.MacAddress;
import io.edgewire.api.wlan.WlanDevice;
import io.edgewire.api.wlan.WlanException;
import io.edgewire.api.wlan.WlanInfo;
import io.edgewire.device.k230.SimulatedProfile.Quirk;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A board without a board: everything happens on a {@link Scheduler}, so that a second of its life may take no time at
 * all. Where the {@link SimulatedProfile} has calls that block, they wait on the caller's thread for that scheduler.
 *
 * <p><b>Threads.</b> As {@link WlanDevice}.
 *
 * <p><b>Lifecycle.</b> As {@link WlanDevice}; the faults of its options begin with the first {@code connect}.
 *
 * <p><b>Failure.</b> As {@link WlanDevice}.
 *
 * <p><b>Rules.</b> D-1 to D-14; the profile CANMV falls short of D-6, D-9 and D-14, as the board does.
 */
public final class SimulatedWlan implements WlanDevice {
    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:02:30");

    private final SimulatedWlanOptions options;
    private final Scheduler scheduler;
    private final Supplier<Gate> gates;
    private final SimulatedAir air;
    private final SimulatedRadio radio;
    /** Each registration is its own entry; read by whatever thread changes the radio. */
    private final List<Wake> wakes = new CopyOnWriteArrayList<>();

    private final AtomicBoolean connected = new AtomicBoolean();
    /** Set by {@link #close}, read by every method. */
    private volatile boolean closed;

    /** A board that lives on this scheduler. */
    public SimulatedWlan(SimulatedWlanOptions options, Scheduler scheduler) {
        this(options, scheduler, Gate::latch);
    }

    /**
     * A board whose calls that block wait in a way of the caller's: where the scheduler does not turn by itself, say.
     *
     * @param wait returns when the condition holds; called by {@code connect} and {@code scan} on their callers' threads
     */
    public SimulatedWlan(SimulatedWlanOptions options, Scheduler scheduler, Consumer<BooleanSupplier> wait) {
        this(options, scheduler, () -> Gate.waiting(wait));
    }

    SimulatedWlan(SimulatedWlanOptions options, Scheduler scheduler, Supplier<Gate> gates) {
        this.options = Objects.requireNonNull(options, "options");
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        this.gates = gates;
        this.air = new SimulatedAir(options);
        this.radio = new SimulatedRadio(options, air, scheduler, gates, this::changed);
    }

    /** What surrounds the board, for tests to change. */
    public SimulatedAir air() {
        return air;
    }

    /** Whether a board that reconnects by itself does so; on at first, as in the CanMV firmware. */
    public void autoReconnect(boolean on) {
        requireOpen();
        radio.autoReconnect(on);
    }

    @Override
    public WlanInfo info() {
        requireOpen();
        return new WlanInfo(options.name(), "simulated board, profile " + options.profile(), Optional.of(MAC));
    }

    @Override
    public Capabilities capabilities() {
        requireOpen();
        return options.profile().capabilities();
    }

    @Override
    public LinkState link() {
        requireOpen();
        return radio.view().link();
    }

    @Override
    public IfConfig ifconfig() {
        requireOpen();
        return radio.view().ifconfig();
    }

    @Override
    public void useFixedAddress(IfConfig config) {
        requireOpen();
        radio.fix(Optional.of(config));
    }

    @Override
    public void useDhcp() {
        requireOpen();
        radio.fix(Optional.empty());
    }

    @Override
    public void connect(Credentials credentials, Duration limit) {
        requireOpen();
        if (options.profile().has(Quirk.NEEDS_SSID) && credentials.ssid().length() == 0) {
            throw new WlanException(
                    WlanException.Kind.UNSUPPORTED, "this board joins no network without a name: set an SSID");
        }
        if (connected.compareAndSet(false, true)) {
            options.faults().forEach(fault -> scheduler.after(fault.at(), () -> fault.happen(air)));
        }
        await(radio.begin(credentials, limit));
    }

    @Override
    public void disconnect() {
        requireOpen();
        radio.leave();
    }

    @Override
    public List<AccessPoint> scan(Duration limit) {
        requireOpen();
        Gate gate = gates.get();
        Duration scan = options.latencies().scan();
        scheduler.after(scan.compareTo(limit) < 0 ? scan : limit, gate::open);
        await(gate);
        return air.scan();
    }

    @Override
    public Registration onChange(Runnable wake) {
        requireOpen();
        Wake entry = new Wake(wake);
        wakes.add(entry);
        return () -> wakes.remove(entry);
    }

    @Override
    public void close() {
        closed = true;
        wakes.clear();
        radio.close();
    }

    private void changed() {
        if (!options.profile().has(Quirk.SILENT)) {
            wakes.forEach(entry -> entry.wake.run());
        }
    }

    private void await(Gate gate) {
        if (options.profile().has(Quirk.CALLS_BLOCK)) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new WlanException(
                        WlanException.Kind.FAILED, "interrupted while the simulated board was at work", e);
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new WlanException(WlanException.Kind.CLOSED, "the simulated board " + options.name() + " is closed");
        }
    }

    /** Who asked to be woken; equal to itself alone. */
    private static final class Wake {
        final Runnable wake;

        Wake(Runnable wake) {
            this.wake = wake;
        }
    }
}
