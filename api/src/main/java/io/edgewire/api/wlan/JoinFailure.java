package io.edgewire.api.wlan;

/** Why a network could not be joined. */
public enum JoinFailure {
    /** The access point does not accept the key. */
    WRONG_KEY,
    /** No access point with this SSID answered. */
    NOT_FOUND,
    /** The access point answered and refused. */
    REFUSED,
    /** The attempt did not end within its limit. */
    TIMED_OUT,
    /** Joined, but no address was leased in time. */
    NO_LEASE,
    /** The interface itself failed; the event has the board's own words. */
    DEVICE_FAILED,
    /** The board only says that it failed: a wrong key and a missing access point look the same. */
    UNKNOWN
}
