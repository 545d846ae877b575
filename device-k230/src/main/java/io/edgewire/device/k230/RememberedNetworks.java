package io.edgewire.device.k230;

import io.edgewire.api.wlan.Credentials;
import java.util.ArrayDeque;
import java.util.Deque;

/** The networks that a board joined and will join again by itself: the last three, in turn, as the CanMV firmware. */
final class RememberedNetworks {
    private static final int MOST = 3;

    private final Deque<Credentials> networks = new ArrayDeque<>();

    boolean isEmpty() {
        return networks.isEmpty();
    }

    /** Takes over these credentials, in place of any for the same name. */
    void add(Credentials joined) {
        networks.removeIf(known -> {
            boolean same = known.ssid().equals(joined.ssid());
            if (same) {
                known.close();
            }
            return same;
        });
        networks.addLast(joined);
        if (networks.size() > MOST) {
            networks.removeFirst().close();
        }
    }

    /** The one whose turn it is; still owned by this list. */
    Credentials next() {
        Credentials turn = networks.removeFirst();
        networks.addLast(turn);
        return turn;
    }

    void clear() {
        networks.forEach(Credentials::close);
        networks.clear();
    }
}
