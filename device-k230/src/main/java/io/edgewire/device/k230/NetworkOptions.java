package io.edgewire.device.k230;

import io.edgewire.api.wlan.Ssid;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Which network to join, as it is configured.
 *
 * @param ssid its name; empty for any
 * @param passwordFile where its key is; empty for the environment
 */
public record NetworkOptions(Ssid ssid, Optional<Path> passwordFile) {
    /** Checks for null. */
    public NetworkOptions {
        Objects.requireNonNull(ssid, "ssid");
        Objects.requireNonNull(passwordFile, "passwordFile");
    }
}
