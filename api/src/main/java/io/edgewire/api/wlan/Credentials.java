package io.edgewire.api.wlan;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;

/**
 * A network's name and the key to it. The key is kept in an array that {@link #close} clears; it is masked in
 * {@link #toString} and never enters an event.
 *
 * <p><b>Threads.</b> Any.
 */
public final class Credentials implements AutoCloseable {
    private static final int SHORTEST_KEY = 8;
    private static final int LONGEST_PASSPHRASE = 63;
    private static final int PSK_DIGITS = 64;

    private final Ssid ssid;
    /** Empty for an open network. Guarded by itself: cleared by {@link #close}, read by {@link #withKey}. */
    private final char[] key;
    /** Guarded by {@link #key}. */
    private boolean closed;

    private Credentials(Ssid ssid, char[] key) {
        this.ssid = Objects.requireNonNull(ssid, "ssid");
        this.key = key;
    }

    /** Credentials of a network without a key. */
    public static Credentials open(Ssid ssid) {
        return new Credentials(ssid, new char[0]);
    }

    /**
     * Credentials of a network with a key, which is copied; the caller clears its own array.
     *
     * @param key a passphrase of 8 to 63 characters, or a pre-shared key of 64 hexadecimal digits (IEEE 802.11-2020,
     *     annex J.4)
     * @throws IllegalArgumentException if it is neither; the message holds the length, not the key
     */
    public static Credentials of(Ssid ssid, char[] key) {
        boolean passphrase = key.length >= SHORTEST_KEY && key.length <= LONGEST_PASSPHRASE;
        if (!passphrase && !isPsk(key)) {
            throw new IllegalArgumentException(
                    "a Wi-Fi key has 8 to 63 characters, or 64 hexadecimal digits, but the one for " + ssid + " has "
                            + key.length + " characters");
        }
        return new Credentials(ssid, key.clone());
    }

    /** The network's name. */
    public Ssid ssid() {
        return ssid;
    }

    /** Whether the network has no key. */
    public boolean isOpen() {
        return key.length == 0;
    }

    /**
     * Lends the key to a function, which must not keep the array; it is cleared afterwards.
     *
     * @throws IllegalStateException if these credentials are closed
     */
    public <T> T withKey(Function<char[], T> use) {
        char[] lent;
        synchronized (key) {
            if (closed) {
                throw new IllegalStateException("the key of " + ssid + " was cleared when its station closed");
            }
            lent = key.clone();
        }
        try {
            return use.apply(lent);
        } finally {
            Arrays.fill(lent, '\0');
        }
    }

    /** Clears the key. Idempotent. */
    @Override
    public void close() {
        synchronized (key) {
            closed = true;
            Arrays.fill(key, '\0');
        }
    }

    @Override
    public String toString() {
        return "Credentials[" + ssid + ", " + (isOpen() ? "open" : "key ***") + "]";
    }

    private static boolean isPsk(char[] key) {
        if (key.length != PSK_DIGITS) {
            return false;
        }
        for (char c : key) {
            if (Character.digit(c, 16) < 0 || c > 'f') {
                return false;
            }
        }
        return true;
    }
}
