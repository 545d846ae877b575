package io.edgewire.server;

import io.edgewire.api.event.LinkEvent;
import io.edgewire.api.wlan.StationState;
import io.edgewire.server.LogLine.Level;

/** Words what happens to a link: {@code wlan0: 'MyWiFi' wrong key - check the password; not trying again}. */
final class LinkText {
    private LinkText() {}

    static LogLine line(LinkEvent event) {
        if (event instanceof LinkEvent.DeviceFailed failed) {
            return LogLine.of(Level.WARN, failed.device() + ": the interface failed: " + failed.cause());
        }
        LinkEvent.Changed changed = (LinkEvent.Changed) event;
        String network = changed.ssid().length() == 0 ? "" : "'" + changed.ssid() + "' ";
        return state(changed.device() + ": " + network, changed.state());
    }

    private static LogLine state(String who, StationState state) {
        if (state instanceof StationState.Up up) {
            return LogLine.of(
                    Level.INFO,
                    who + "up at " + Addresses.show(up.config().address()) + "/"
                            + up.config().prefixLength());
        }
        if (state instanceof StationState.Lost lost) {
            return LogLine.of(Level.WARN, who + lost(lost.why()) + "; joining again");
        }
        if (state instanceof StationState.Retrying retrying) {
            return LogLine.of(
                    Level.WARN,
                    who + StationAdvice.what(retrying.why()) + " - " + StationAdvice.remedy(retrying.why())
                            + "; attempt " + retrying.attempt() + " in " + EventText.show(retrying.delay()));
        }
        if (state instanceof StationState.Failed failed) {
            return LogLine.of(
                    Level.ERROR,
                    who + StationAdvice.what(failed.why()) + " - " + StationAdvice.remedy(failed.why())
                            + "; not trying again");
        }
        if (state instanceof StationState.Associating associating) {
            String again = associating.attempt() == 1 ? "" : ", attempt " + associating.attempt();
            return LogLine.of(Level.INFO, who + "joining" + again);
        }
        return LogLine.of(
                Level.INFO, who + (state instanceof StationState.Acquiring ? "waiting for an address" : "left"));
    }

    private static String lost(StationState.LossCause why) {
        return switch (why) {
            case LINK_DOWN -> "link lost";
            case ADDRESS_GONE -> "address gone";
            case ADDRESS_CHANGED -> "address changed";
            case DEVICE_FAILED -> "interface failed";
        };
    }
}
