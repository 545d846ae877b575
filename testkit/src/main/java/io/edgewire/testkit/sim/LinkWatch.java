package io.edgewire.testkit.sim;

import io.edgewire.api.wlan.StationState;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a station has told, and for which addresses it was lost so long that their connections may end. */
final class LinkWatch {
    private final SimulatedNetwork network;
    private final long grace;
    /** Each address that was up, and when it was lost for good last; from then on its connections may end. */
    private final Map<InetAddress, Long> lostForGood = new HashMap<>();

    private @Nullable InetAddress up;
    private @Nullable InetAddress last;
    private long since;

    LinkWatch(SimulatedNetwork network, long grace) {
        this.network = network;
        this.grace = grace;
        since = network.nanos();
    }

    void enter(StationState state) {
        settle();
        InetAddress now = state instanceof StationState.Up told ? told.config().address() : null;
        if (now == null && up != null) {
            since = network.nanos();
        }
        if (now != null) {
            if (last != null && !last.equals(now)) {
                lostForGood.put(last, network.nanos());
            }
            if (up == null) {
                since = network.nanos();
            }
            last = now;
        }
        up = now;
    }

    Optional<InetAddress> up() {
        return Optional.ofNullable(up);
    }

    /** Since when it is up, or lost. */
    long since() {
        return since;
    }

    /** The address that was up last, if it has been lost for longer than the grace. */
    Optional<InetAddress> overdue(long moreThan) {
        boolean over = up == null && network.nanos() - since > grace + moreThan;
        return over ? Optional.ofNullable(last) : Optional.empty();
    }

    /** Whether it was lost for good after a moment, or was so at that moment and is still. */
    boolean lostForGood(InetAddress address, long after) {
        settle();
        Long at = lostForGood.get(address);
        return at != null && (at - after >= 0 || !address.equals(up));
    }

    /** A loss that has lasted for the grace is one for good. */
    private void settle() {
        if (up == null && last != null && network.nanos() - since >= grace) {
            lostForGood.put(last, since + grace);
        }
    }
}
