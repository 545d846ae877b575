package io.edgewire.device.k230;

import io.edgewire.api.Registration;
import io.edgewire.api.Scheduler;
import io.edgewire.api.Timer;
import io.edgewire.api.event.EventSink;
import io.edgewire.api.event.LinkEvent;
import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.Station;
import io.edgewire.api.wlan.StationState;
import io.edgewire.api.wlan.WlanDevice;
import io.edgewire.api.wlan.WlanException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The station on any {@link WlanDevice}: joins, waits for an address, watches by polling as the tutorial does, and
 * tries again.
 *
 * <p><b>Threads.</b> Owns none and never sleeps. Lives on the scheduler; device calls that may block run on the
 * executor, one at a time. The executor needs a thread for a call that hangs and one for the {@code close} that ends
 * it: a pool that grows, not a single thread.
 *
 * <p><b>Lifecycle.</b> As {@link Station}; owns the device and the credentials and closes both.
 *
 * <p><b>Failure.</b> What the device throws, and what does not return in time, is told as
 * {@link LinkEvent.DeviceFailed}; the state says what follows from it.
 *
 * <p><b>Rules.</b> S-1 to S-15.
 */
public final class WlanStation implements Station {
    private final WlanDevice device;
    private final Credentials credentials;
    private final Scheduler scheduler;
    private final Executor blocking;
    private final EventSink events;
    private final StateFeed feed;
    private final StationMachine machine;
    private final Duration callTimeout;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    /** The device's name for events, once it was told. Used on the scheduler alone. */
    private @Nullable String name;

    /** A station of this device, which it will own. */
    public WlanStation(
            WlanDevice device,
            Credentials credentials,
            StationOptions options,
            Scheduler scheduler,
            Executor blocking,
            EventSink events) {
        this(device, credentials, options, scheduler, blocking, events, new SplittableRandom());
    }

    /** As the other, with a given source of jitter, for tests that are to come out the same each time. */
    public WlanStation(
            WlanDevice device,
            Credentials credentials,
            StationOptions options,
            Scheduler scheduler,
            Executor blocking,
            EventSink events,
            RandomGenerator jitter) {
        this.device = Objects.requireNonNull(device, "device");
        this.credentials = Objects.requireNonNull(credentials, "credentials");
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        this.blocking = Objects.requireNonNull(blocking, "blocking");
        this.events = Objects.requireNonNull(events, "events");
        this.feed = new StateFeed(scheduler);
        this.callTimeout = options.callTimeout();
        Objects.requireNonNull(jitter, "jitter");
        IntFunction<Duration> backoff = failures -> options.backoff().after(failures, jitter);
        this.machine = new StationMachine(
                device, credentials, options, scheduler, blocking, backoff, this::entered, this::failed);
    }

    @Override
    public StationState state() {
        return feed.state();
    }

    @Override
    public void join() {
        scheduler.execute(machine::join);
    }

    @Override
    public void leave() {
        scheduler.execute(machine::leave);
    }

    @Override
    public Registration observe(Consumer<? super StationState> observer) {
        return feed.observe(Objects.requireNonNull(observer, "observer"));
    }

    /** Returns at once; the device is closed as soon as its present call has returned, within the call timeout. */
    @Override
    public void close() {
        scheduler.execute(() -> machine.close(this::closeDevice));
    }

    /** Completes on the scheduler, within twice the call timeout. */
    @Override
    public CompletionStage<Void> closed() {
        return closed.copy();
    }

    private void closeDevice() {
        credentials.close();
        Timer overdue = scheduler.after(callTimeout, () -> deviceClosed(overdue()));
        try {
            blocking.execute(() -> {
                Optional<RuntimeException> thrown = thrownByClose();
                scheduler.execute(() -> {
                    overdue.cancel();
                    deviceClosed(thrown);
                });
            });
        } catch (RejectedExecutionException e) {
            // The executor went first; its owner reads here that the device was left open.
            overdue.cancel();
            deviceClosed(Optional.of(e));
        }
    }

    private Optional<RuntimeException> thrownByClose() {
        try {
            device.close();
            return Optional.empty();
        } catch (RuntimeException e) {
            // Told: nothing more can be done for a device that is not used again.
            return Optional.of(e);
        }
    }

    private Optional<RuntimeException> overdue() {
        return Optional.of(new WlanException(
                WlanException.Kind.TIMED_OUT,
                "the device has not closed within " + callTimeout + " and is left as it is: it may still hold its"
                        + " network"));
    }

    private void deviceClosed(Optional<RuntimeException> failure) {
        failure.ifPresent(this::failed);
        failure.ifPresentOrElse(closed::completeExceptionally, () -> closed.complete(null));
    }

    private void entered(StationState state) {
        feed.enter(state);
        events.accept(new LinkEvent.Changed(name(), credentials.ssid(), state));
    }

    private void failed(RuntimeException cause) {
        events.accept(new LinkEvent.DeviceFailed(name(), cause));
    }

    private String name() {
        String known = name;
        if (known == null) {
            try {
                known = device.info().name();
                name = known;
            } catch (RuntimeException e) {
                // An interface that cannot even tell its name fails the next look too, and is reported by that.
                return device.getClass().getSimpleName();
            }
        }
        return known;
    }
}
