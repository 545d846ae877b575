package io.edgewire.api;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;

/** The checks of the option records; each message names the value and its allowed range. */
final class Require {
    /** Half of what a signed count of nanoseconds holds: sums and differences of two such times cannot overflow. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

    private Require() {}

    static void range(int value, int least, int most, String name) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be " + least
                    + (most == Integer.MAX_VALUE ? " or more" : " to " + most));
        }
    }

    static void positive(Duration value, String name) {
        notNegative(value, name);
        if (value.isZero()) {
            throw new IllegalArgumentException(name + " is zero, but must be more: it cannot be switched off");
        }
    }

    static void notNegative(Duration value, String name) {
        Objects.requireNonNull(value, name);
        if (value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be from zero to " + LONGEST);
        }
    }

    static void resolved(InetSocketAddress address, String name) {
        Objects.requireNonNull(address, name);
        if (address.isUnresolved()) {
            throw new IllegalArgumentException(name + " is the unresolved name " + address.getHostString()
                    + ": resolve it first, off the transport's threads");
        }
    }
}
