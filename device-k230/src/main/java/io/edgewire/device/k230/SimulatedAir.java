package io.edgewire.device.k230;

import io.edgewire.api.wlan.AccessPoint;
import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.Ssid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds a simulated board: access points and a DHCP server. A test reaches in here to make things happen.
 *
 * <p><b>Threads.</b> Any. What a change does to the association is done when the call returns.
 */
public final class SimulatedAir {
    /** The board, which feels what happens. */
    interface Listener {
        /** Access points came or went. */
        void reachChanged();

        /** The association was ended from outside. */
        void dropped();

        /** DHCP gives another address, or takes it away. */
        void readdressed(IfConfig config);

        /** DHCP answers again. */
        void dhcpStarted();
    }

    private final List<SimulatedAccessPoint> points;
    private final Deque<IfConfig> leases;
    private boolean outOfReach;
    private boolean dhcp = true;
    /** Set once, before the board can be used. */
    private @Nullable Listener listener;

    SimulatedAir(SimulatedWlanOptions options) {
        this.points = new ArrayList<>(
                options.accessPoints().isEmpty() ? List.of(SimulatedAccessPoint.WELCOMING) : options.accessPoints());
        this.leases = new ArrayDeque<>(options.leases());
    }

    void feltBy(Listener board) {
        listener = board;
    }

    /** An access point is switched on. */
    public void add(SimulatedAccessPoint point) {
        synchronized (this) {
            points.add(point);
        }
        tell(Listener::reachChanged);
    }

    /** The access points of this name are switched off. */
    public void remove(Ssid ssid) {
        synchronized (this) {
            points.removeIf(point -> point.admits().ssid().equals(ssid));
        }
        tell(Listener::reachChanged);
    }

    /** Every access point goes out of reach, until {@link #comeBack}. */
    public void lose() {
        synchronized (this) {
            outOfReach = true;
        }
        tell(Listener::reachChanged);
    }

    /** Ends what {@link #lose} began. */
    public void comeBack() {
        synchronized (this) {
            outOfReach = false;
        }
        tell(Listener::reachChanged);
    }

    /** The access point ends the association but stays in reach. */
    public void drop() {
        tell(Listener::dropped);
    }

    /** DHCP no longer answers, and takes away the address that it had leased. */
    public void stopDhcp() {
        synchronized (this) {
            dhcp = false;
        }
        tell(board -> board.readdressed(IfConfig.NONE));
    }

    /** DHCP answers again. */
    public void startDhcp() {
        synchronized (this) {
            dhcp = true;
        }
        tell(Listener::dhcpStarted);
    }

    /** Each lease from now on is of this address. */
    public synchronized void leaseFromNowOn(IfConfig config) {
        leases.clear();
        leases.add(config);
    }

    /** The board gets this address instead of the one it has, now and later, while the link stays up. */
    public void readdress(IfConfig config) {
        leaseFromNowOn(config);
        tell(board -> board.readdressed(config));
    }

    /** What a scan shows, strongest first. */
    synchronized List<AccessPoint> scan() {
        return inReach().stream().map(SimulatedAccessPoint::seen).toList();
    }

    /** The strongest access point of this name. */
    synchronized Optional<SimulatedAccessPoint> find(Ssid wanted) {
        return inReach().stream().filter(point -> point.answersTo(wanted)).findFirst();
    }

    synchronized boolean reaches(SimulatedAccessPoint point) {
        return !outOfReach && points.contains(point);
    }

    /** The next address, or empty while DHCP does not answer. */
    synchronized Optional<IfConfig> lease() {
        if (!dhcp) {
            return Optional.empty();
        }
        return Optional.of(leases.size() > 1 ? leases.remove() : leases.element());
    }

    private List<SimulatedAccessPoint> inReach() {
        return outOfReach
                ? List.of()
                : points.stream()
                        .sorted(Comparator.comparing((SimulatedAccessPoint point) ->
                                        point.seen().rssi())
                                .reversed())
                        .toList();
    }

    /** Never under this object's monitor: the board looks back in under its own. */
    private void tell(Consumer<Listener> what) {
        Listener board = listener;
        if (board != null) {
            what.accept(board);
        }
    }
}
