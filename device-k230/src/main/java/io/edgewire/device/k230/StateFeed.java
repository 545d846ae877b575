package io.edgewire.device.k230;

import io.edgewire.api.Registration;
import io.edgewire.api.Scheduler;
import io.edgewire.api.wlan.StationState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The state of a station and those who follow it. Each state reaches each observer in a task of its own: an observer
 * that throws is reported by the scheduler and harms neither the station nor its neighbours.
 */
final class StateFeed {
    private final Scheduler scheduler;
    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    /** Written under this feed's monitor, on the scheduler; read by any thread. */
    private volatile StationState state = new StationState.Down();

    StateFeed(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    StationState state() {
        return state;
    }

    /** Makes this the state and tells it to those who follow now. */
    synchronized void enter(StationState next) {
        state = next;
        followers.forEach(follower -> tell(follower, next));
    }

    /** The monitor orders the first state that an observer hears before any that follows. */
    synchronized Registration observe(Consumer<? super StationState> observer) {
        Follower follower = new Follower(observer);
        followers.add(follower);
        tell(follower, state);
        return () -> followers.remove(follower);
    }

    private void tell(Follower follower, StationState told) {
        scheduler.execute(() -> {
            if (followers.contains(follower)) {
                follower.observer.accept(told);
            }
        });
    }

    /** One subscription; equal to itself alone, so that an observer may subscribe twice. */
    private static final class Follower {
        final Consumer<? super StationState> observer;

        Follower(Consumer<? super StationState> observer) {
            this.observer = observer;
        }
    }
}
