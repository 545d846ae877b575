package io.edgewire.client;

import io.edgewire.api.Registration;
import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.Station;
import io.edgewire.api.wlan.StationState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A station whose state a test sets. */
final class StationStub implements Station {
    private final List<Consumer<? super StationState>> observers = new CopyOnWriteArrayList<>();
    private StationState state = new StationState.Down();

    void enter(StationState now) {
        state = now;
        observers.forEach(observer -> observer.accept(now));
    }

    void up(String address) {
        enter(new StationState.Up(new IfConfig(World.parsed(address), 8, Optional.empty(), Optional.empty())));
    }

    void lose() {
        enter(new StationState.Lost(StationState.LossCause.LINK_DOWN));
        enter(new StationState.Associating(1));
    }

    int observers() {
        return observers.size();
    }

    @Override
    public StationState state() {
        return state;
    }

    @Override
    public void join() {}

    @Override
    public void leave() {}

    @Override
    public Registration observe(Consumer<? super StationState> observer) {
        observers.add(observer);
        observer.accept(state);
        return () -> observers.remove(observer);
    }

    @Override
    public void close() {}

    @Override
    public CompletionStage<Void> closed() {
        return CompletableFuture.completedStage(null);
    }
}
