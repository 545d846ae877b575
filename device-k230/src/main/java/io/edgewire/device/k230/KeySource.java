package io.edgewire.device.k230;

import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.Ssid;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where the key of a network comes from: a file, the environment, a person. A program that can ask a person binds one
 * that does so after {@link KeySources#configured} found nothing.
 *
 * <p><b>Threads.</b> Called once, by the thread that makes the station; may block.
 *
 * <p><b>Failure.</b> An exception whose message names the source and never the key.
 */
@FunctionalInterface
public interface KeySource {
    /** The key, in an array that the caller clears; empty for a network without one. */
    Optional<char[]> key(Ssid ssid);

    /** This source, or where it has none, another. */
    default KeySource or(KeySource other) {
        return ssid -> key(ssid).or(() -> other.key(ssid));
    }

    /** The credentials for a network, with the key from here. */
    default Credentials credentials(Ssid ssid) {
        Optional<char[]> found = key(ssid);
        if (found.isEmpty()) {
            return Credentials.open(ssid);
        }
        try {
            return Credentials.of(ssid, found.get());
        } finally {
            Arrays.fill(found.get(), '\0');
        }
    }
}
