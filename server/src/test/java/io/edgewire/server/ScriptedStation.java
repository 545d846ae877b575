package io.edgewire.server;

import io.edgewire.api.Registration;
import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.JoinFailure;
import io.edgewire.api.wlan.Station;
import io.edgewire.api.wlan.StationState;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A station whose states a test tells. */
final class ScriptedStation implements Station {
    private final List<Consumer<? super StationState>> observers = new CopyOnWriteArrayList<>();
    private StationState state = new StationState.Down();
    int joins;
    Runnable onClose = () -> {};
    /** Completed from the beginning, unless a test replaces it. */
    CompletableFuture<Void> closed = CompletableFuture.completedFuture(null);

    Runnable onJoin = () -> {};

    void up(String address) {
        enter(new StationState.Up(IfConfig.of(address(address), 24)));
    }

    void lost() {
        enter(new StationState.Lost(StationState.LossCause.LINK_DOWN));
        enter(new StationState.Associating(1));
    }

    void failed(JoinFailure why) {
        enter(new StationState.Failed(why));
    }

    void enter(StationState next) {
        state = next;
        observers.forEach(observer -> observer.accept(next));
    }

    int observers() {
        return observers.size();
    }

    @Override
    public StationState state() {
        return state;
    }

    @Override
    public void join() {
        joins++;
        onJoin.run();
    }

    @Override
    public void leave() {
        enter(new StationState.Down());
    }

    @Override
    public Registration observe(Consumer<? super StationState> observer) {
        observers.add(observer);
        observer.accept(state);
        return () -> observers.remove(observer);
    }

    @Override
    public void close() {
        onClose.run();
    }

    @Override
    public CompletionStage<Void> closed() {
        return closed;
    }

    static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
