package io.edgewire.device.k230;

import io.edgewire.api.Backoff;
import io.edgewire.api.event.EventSink;
import io.edgewire.api.event.LinkEvent;
import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.Ssid;
import io.edgewire.api.wlan.StationState;
import io.edgewire.api.wlan.WlanDevice;
import io.edgewire.testkit.ManualScheduler;
import io.edgewire.testkit.RecordingEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** A station in virtual time, and what it told. */
final class Life {
    static final StationOptions OPTIONS = StationOptions.DEFAULTS
            .withConnectTimeout(Duration.ofSeconds(5))
            .withLeaseTimeout(Duration.ofSeconds(3))
            .withCallTimeout(Duration.ofSeconds(2))
            .withBackoff(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8), 0));
    static final Ssid SSID = Ssid.parse("工作坊");

    final ManualScheduler scheduler;
    final RecordingEvents events = new RecordingEvents();
    final Credentials credentials;
    final WlanStation station;
    /** What an observer has heard since the station was made, or since {@link #forget}. */
    final List<StationState> states = new ArrayList<>();

    Life(
            ManualScheduler scheduler,
            WlanDevice device,
            Credentials credentials,
            StationOptions options,
            Executor executor) {
        this.scheduler = scheduler;
        this.credentials = credentials;
        EventSink sink = events;
        this.station =
                new WlanStation(device, credentials, options, scheduler, executor, sink, new SplittableRandom(230));
        station.observe(states::add);
    }

    /** A station on a device whose calls return at once, on the scheduler's own thread. */
    static Life of(WlanDevice device, StationOptions options) {
        return of(device, options, Runnable::run);
    }

    static Life of(WlanDevice device, StationOptions options, Executor executor) {
        return new Life(new ManualScheduler(), device, Credentials.open(SSID), options, executor);
    }

    /** One that is up on this device, and has told nothing yet. */
    static Life up(StrictWlan device) {
        device.onConnect = () -> device.goUp(StrictWlan.FIRST);
        return of(device, OPTIONS).join().forget();
    }

    Life join() {
        station.join();
        return run();
    }

    Life run() {
        scheduler.runDue();
        return this;
    }

    Life after(Duration time) {
        scheduler.advance(time);
        return this;
    }

    Life poll() {
        return after(OPTIONS.pollInterval());
    }

    Life forget() {
        states.clear();
        return this;
    }

    /** The names of the states that the observer heard. */
    List<String> names() {
        return states.stream().map(state -> state.getClass().getSimpleName()).toList();
    }

    List<RuntimeException> deviceFailures() {
        Function<LinkEvent.DeviceFailed, RuntimeException> cause = event -> (RuntimeException) event.cause();
        return events.all(LinkEvent.DeviceFailed.class).stream().map(cause).toList();
    }
}
