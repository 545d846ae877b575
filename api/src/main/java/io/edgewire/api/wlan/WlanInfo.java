package io.edgewire.api.wlan;

import java.util.Objects;
import java.util.Optional;

/**
 * What a WLAN interface is.
 *
 * @param name the interface's name on its board: {@code wlan0}, {@code sta}
 * @param description the board or driver, for people
 * @param mac the hardware address, where the board tells it
 */
public record WlanInfo(String name, String description, Optional<MacAddress> mac) {
    /** Checks for null. */
    public WlanInfo {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(mac, "mac");
    }
}
