package io.edgewire.testkit.wlan;

import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.Ssid;
import java.util.Objects;

/**
 * An access point that a {@link WlanEnvironment} is to switch on.
 *
 * @param admits its name and key
 * @param rssi how strong it is, in dBm
 * @param admission whom it lets in
 */
public record ScriptedAccessPoint(Credentials admits, int rssi, Admission admission) {
    /** Whom an access point lets in. */
    public enum Admission {
        /** Who knows the key. */
        BY_KEY,
        /** Nobody: it answers and refuses. */
        NOBODY
    }

    /** Checks for null. */
    public ScriptedAccessPoint {
        Objects.requireNonNull(admits, "admits");
        Objects.requireNonNull(admission, "admission");
    }

    /** An access point near by that wants this key. */
    public static ScriptedAccessPoint of(Ssid ssid, String key) {
        return new ScriptedAccessPoint(Credentials.of(ssid, key.toCharArray()), -40, Admission.BY_KEY);
    }

    /** An access point near by without a key. */
    public static ScriptedAccessPoint open(Ssid ssid) {
        return new ScriptedAccessPoint(Credentials.open(ssid), -40, Admission.BY_KEY);
    }

    /** A copy at another distance. */
    public ScriptedAccessPoint withRssi(int other) {
        return new ScriptedAccessPoint(admits, other, admission);
    }

    /** A copy that refuses everyone. */
    public ScriptedAccessPoint refusing() {
        return new ScriptedAccessPoint(admits, rssi, Admission.NOBODY);
    }
}
