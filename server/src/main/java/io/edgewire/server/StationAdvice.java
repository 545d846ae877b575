package io.edgewire.server;

import io.edgewire.api.wlan.JoinFailure;

/** What a person should hear, and do, when a network cannot be joined. */
final class StationAdvice {
    private StationAdvice() {}

    static String failed(String server, JoinFailure why) {
        return server + ": cannot listen, because its station gave up: " + what(why) + " - " + remedy(why);
    }

    /** What happened. */
    static String what(JoinFailure why) {
        return switch (why) {
            case WRONG_KEY -> "wrong key";
            case NOT_FOUND -> "not found";
            case REFUSED -> "the access point refused";
            case TIMED_OUT -> "no answer in time";
            case NO_LEASE -> "joined, but no address was leased";
            case DEVICE_FAILED -> "the interface failed";
            case UNKNOWN -> "not joined, and the board does not say why";
        };
    }

    /** What to do. */
    static String remedy(JoinFailure why) {
        return switch (why) {
            case WRONG_KEY -> "check the password";
            case NOT_FOUND -> "check the name, the distance and whether the access point is on and on 2.4 GHz";
            case REFUSED -> "check the access point's list of clients and its security mode";
            case TIMED_OUT -> "check the distance to the access point";
            case NO_LEASE -> "check the access point's DHCP server";
            case DEVICE_FAILED -> "check the interface and its driver";
            case UNKNOWN -> "check name and password";
        };
    }
}
