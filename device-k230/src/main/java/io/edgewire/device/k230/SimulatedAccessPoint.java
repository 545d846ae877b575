package io.edgewire.device.k230;

import io.edgewire.api.wlan.AccessPoint;
import io.edgewire.api.wlan.AccessPoint.Security;
import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.JoinFailure;
import io.edgewire.api.wlan.MacAddress;
import io.edgewire.api.wlan.Ssid;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * An access point of the simulated air.
 *
 * @param seen what a scan shows of it
 * @param admits its own name and key; the key is masked in {@link #toString}
 * @param admission whom it lets in
 */
public record SimulatedAccessPoint(AccessPoint seen, Credentials admits, Admission admission) {
    /** Whom an access point lets in. */
    public enum Admission {
        /** Who knows its key, or anyone without a key where it has none. */
        BY_KEY,
        /** Anyone, by whatever name and key: the access point of a simulation that nobody has configured. */
        ANYONE,
        /** Nobody: it answers and refuses. */
        NOBODY
    }

    private static final MacAddress FIRST = MacAddress.parse("02:00:00:00:00:01");
    private static final int CHANNEL = 6;
    private static final int NEAR = -40;

    /** Answers to every name and takes every key: what there is when nothing is configured. */
    public static final SimulatedAccessPoint WELCOMING = new SimulatedAccessPoint(
            new AccessPoint(Ssid.parse("Edgewire"), FIRST, CHANNEL, NEAR, Security.OPEN),
            Credentials.open(Ssid.parse("Edgewire")),
            Admission.ANYONE);

    /** Checks for null. */
    public SimulatedAccessPoint {
        Objects.requireNonNull(seen, "seen");
        Objects.requireNonNull(admits, "admits");
        Objects.requireNonNull(admission, "admission");
    }

    /** An open access point near by. */
    public static SimulatedAccessPoint open(Ssid ssid) {
        return near(Credentials.open(ssid));
    }

    /** An access point near by that wants this key, which is copied. */
    public static SimulatedAccessPoint of(Ssid ssid, char[] key) {
        return near(Credentials.of(ssid, key));
    }

    /** A copy that lets other people in. */
    public SimulatedAccessPoint withAdmission(Admission other) {
        return new SimulatedAccessPoint(seen, admits, other);
    }

    /** A copy at another distance. */
    public SimulatedAccessPoint withRssi(int rssi) {
        AccessPoint other = new AccessPoint(seen.ssid(), seen.bssid(), seen.channel(), rssi, seen.security());
        return new SimulatedAccessPoint(other, admits, admission);
    }

    /** Whether it is the network that is looked for; an SSID of no bytes looks for any. */
    boolean answersTo(Ssid wanted) {
        return admission == Admission.ANYONE || wanted.length() == 0 || wanted.equals(admits.ssid());
    }

    /** What it says to these credentials; empty is a welcome. */
    Optional<JoinFailure> refusal(Credentials offered) {
        return switch (admission) {
            case ANYONE -> Optional.empty();
            case NOBODY -> Optional.of(JoinFailure.REFUSED);
            case BY_KEY -> byKey(offered);
        };
    }

    private Optional<JoinFailure> byKey(Credentials offered) {
        if (seen.security() == Security.OTHER || (admits.isOpen() && !offered.isOpen())) {
            return Optional.of(JoinFailure.REFUSED);
        }
        boolean same = admits.withKey(mine -> offered.withKey(theirs -> Arrays.equals(mine, theirs)));
        return same ? Optional.empty() : Optional.of(JoinFailure.WRONG_KEY);
    }

    private static SimulatedAccessPoint near(Credentials admits) {
        Security security = admits.isOpen() ? Security.OPEN : Security.WPA2;
        return new SimulatedAccessPoint(
                new AccessPoint(admits.ssid(), FIRST, CHANNEL, NEAR, security), admits, Admission.BY_KEY);
    }
}
