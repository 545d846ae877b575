package io.edgewire.api.wlan;

import java.util.Objects;

/**
 * One result of a scan.
 *
 * @param ssid the network's name; empty where it is hidden
 * @param bssid the access point's own address
 * @param channel the 802.11 channel number, 1 or more
 * @param rssi received signal strength in dBm, negative; -30 is next to it, -90 is hardly there
 * @param security what it takes to join
 */
public record AccessPoint(Ssid ssid, MacAddress bssid, int channel, int rssi, Security security) {
    /** What it takes to join a network. */
    public enum Security {
        /** Nothing. */
        OPEN,
        /** A key, by WPA2-Personal or older. */
        WPA2,
        /** A key, by WPA3-Personal (SAE). */
        WPA3,
        /** Something that Edgewire does not speak, such as 802.1X. */
        OTHER
    }

    /** Checks for null and the channel. */
    public AccessPoint {
        Objects.requireNonNull(ssid, "ssid");
        Objects.requireNonNull(bssid, "bssid");
        Objects.requireNonNull(security, "security");
        if (channel < 1) {
            throw new IllegalArgumentException("channel is " + channel + ", but must be 1 or more");
        }
    }

    /** Whether the access point keeps its name to itself. */
    public boolean hidden() {
        return ssid.length() == 0;
    }
}
