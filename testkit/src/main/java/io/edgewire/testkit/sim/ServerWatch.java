package io.edgewire.testkit.sim;

import io.edgewire.api.event.EdgeEvent;
import io.edgewire.api.event.LinkEvent;
import io.edgewire.api.event.ServerEvent;
import io.edgewire.api.event.ServerEvent.ListenFailed;
import io.edgewire.api.event.ServerEvent.Listening;
import io.edgewire.api.event.ServerEvent.Moved;
import io.edgewire.api.event.ServerEvent.Stopped;
import io.edgewire.api.event.ServerEvent.Stopping;
import io.edgewire.api.event.ServerEvent.Suspended;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows what a server and its station tell, and says when it does not make sense.
 *
 * <pre>
 *   Created ──Listening──▶ LISTENING ──Suspended──▶ SUSPENDED ──Listening, Moved──▶ LISTENING
 *                            └─▲─ Moved                                 Stopping from any ──▶ ENDING ──Stopped──▶ ENDED
 * </pre>
 */
final class ServerWatch {
    /** How long after it could have been done what must be done may take, beside what calls take. */
    private static final long SOON = Duration.ofSeconds(10).toNanos();

    private enum Phase {
        CREATED,
        LISTENING,
        SUSPENDED,
        ENDING,
        ENDED
    }

    private final SimulatedNetwork network;
    private final Watch watch;
    private final World world;
    private final LinkWatch link;
    /** How long the server may be busy with a call while something else comes due. */
    private final long patience;

    private Phase phase = Phase.CREATED;
    private @Nullable InetSocketAddress address;
    private long listeningSince;
    private long apartSince;
    private boolean apart;

    ServerWatch(SimulatedNetwork network, Watch watch, Duration linkGrace, World world) {
        this.network = network;
        this.watch = watch;
        link = new LinkWatch(network, linkGrace.toNanos());
        this.world = world;
        patience = SOON + 4 * world.longestWait();
    }

    /** By when what could be done is done. */
    long patience() {
        return patience;
    }

    void accept(EdgeEvent event) {
        if (event instanceof LinkEvent || event instanceof ServerEvent) {
            network.trace().add(EventWords.of(event));
        }
        if (event instanceof LinkEvent.Changed changed) {
            link.enter(changed.state());
        } else if (event instanceof ServerEvent told) {
            follow(told);
        }
    }

    /** Whether the server may end connections of this address for want of a link. */
    boolean mayEnd(InetAddress local, long openedAt) {
        return link.lostForGood(local, isWide() ? openedAt : listeningSince);
    }

    boolean isListening() {
        return phase == Phase.LISTENING;
    }

    boolean hasEnded() {
        return phase == Phase.ENDED;
    }

    /** Where it listens, or did last. */
    Optional<InetSocketAddress> address() {
        return Optional.ofNullable(address);
    }

    /** Where a client that comes through the air finds it. */
    Optional<InetSocketAddress> reachable() {
        return link.up()
                .filter(up -> isListening())
                .map(up -> new InetSocketAddress(up, address().orElseThrow().getPort()))
                .filter(to ->
                        (isWide() || to.equals(address)) && network.radio().passes(to.getAddress()));
    }

    /** Nothing more can happen now. */
    void checkQuiet() {
        if (world.isHeapedUp(patience)) {
            apart = false;
            return;
        }
        checkStation();
        if (phase == Phase.LISTENING || phase == Phase.SUSPENDED) {
            link.overdue(patience).ifPresent(this::checkLeft);
        }
    }

    /** S-8: what the board shows, the station notices soon. */
    private void checkStation() {
        boolean differs = network.radio().linkUp() != link.up().isPresent();
        if (!differs || !apart) {
            apartSince = network.nanos();
        }
        apart = differs;
        check(
                !link.up().isPresent() || network.nanos() - apartSince <= patience,
                "S-8: the link is down since " + Duration.ofNanos(network.nanos() - apartSince)
                        + ", and the station still tells Up");
    }

    private void checkLeft(InetAddress lost) {
        for (Watched connection : watch.open()) {
            check(
                    !connection.local().getAddress().equals(lost),
                    "the link is lost for longer than the grace, and connection " + connection.id() + " is still open");
        }
        check(isWide() || phase != Phase.LISTENING, "the link is lost for longer than the grace, and it still listens");
    }

    private void follow(ServerEvent event) {
        if (event instanceof Listening one) {
            check(phase == Phase.CREATED || phase == Phase.SUSPENDED, said(event));
            check(address == null || address.equals(one.address()), said(event) + ", although it was at " + address);
            listensAt(one.address());
        } else if (event instanceof Moved one) {
            check(phase == Phase.LISTENING || phase == Phase.SUSPENDED, said(event));
            check(
                    one.from().equals(address) && !one.to().equals(address),
                    said(event) + ", although it was at " + address);
            check(mayEnd(one.from().getAddress(), listeningSince), said(event) + ", although the link was not lost");
            listensAt(one.to());
        } else if (event instanceof Suspended one) {
            check(phase == Phase.LISTENING && one.address().equals(address), said(event));
            check(mayEnd(one.address().getAddress(), listeningSince), said(event) + ", although the link was not lost");
            phase = Phase.SUSPENDED;
        } else if (event instanceof ListenFailed one) {
            check(phase != Phase.LISTENING && phase.compareTo(Phase.ENDING) < 0, said(event));
        } else if (event instanceof Stopping) {
            check(phase.compareTo(Phase.ENDING) < 0, said(event));
            phase = Phase.ENDING;
        } else if (event instanceof Stopped) {
            check(phase != Phase.CREATED && phase != Phase.ENDED, said(event));
            phase = Phase.ENDED;
        }
    }

    private void listensAt(InetSocketAddress where) {
        phase = Phase.LISTENING;
        address = where;
        listeningSince = network.nanos();
        check(network.ports().isBound(where), "it says that it listens at " + where + ", but nothing is bound there");
    }

    private String said(ServerEvent event) {
        return "it tells '" + EventWords.of(event) + "' when " + phase;
    }

    private boolean isWide() {
        return address != null && address.getAddress().isAnyLocalAddress();
    }

    private void check(boolean holds, String what) {
        if (!holds) {
            watch.violated(0, what);
        }
    }
}
