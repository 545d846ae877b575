package io.edgewire.examples.cli;

import io.edgewire.api.event.LinkEvent;
import io.edgewire.api.wlan.StationState;
import io.edgewire.examples.text.Printable;
import io.edgewire.server.Addresses;
import java.util.Optional;

/** Words what happens to the link. */
final class LinkNarrator {
    private LinkNarrator() {}

    static Optional<Line> line(LinkEvent event) {
        if (event instanceof LinkEvent.DeviceFailed failed) {
            return Optional.of(
                    Line.error("", failed.device() + ": " + failed.cause().getMessage()));
        }
        LinkEvent.Changed changed = (LinkEvent.Changed) event;
        return state(changed.state(), network(changed), changed.device());
    }

    private static Optional<Line> state(StationState state, String network, String device) {
        if (state instanceof StationState.Associating associating) {
            String again = associating.attempt() > 1 ? " (attempt " + associating.attempt() + ")" : "";
            return Optional.of(Line.always("Joining " + network + " on " + device + again + " ..."));
        }
        if (state instanceof StationState.Acquiring) {
            return Optional.of(Line.always("Joined " + network + ", waiting for an address ..."));
        }
        if (state instanceof StationState.Up up) {
            return Optional.of(
                    Line.always("Address " + Addresses.show(up.config().address()) + " on " + device));
        }
        if (state instanceof StationState.Lost lost) {
            return Optional.of(Line.error("", "Link lost on " + device + ": " + Narrator.name(lost.why())));
        }
        if (state instanceof StationState.Retrying retrying) {
            return Optional.of(Line.error(
                    "",
                    "Cannot join " + network + ": " + Narrator.name(retrying.why()) + "; attempt " + retrying.attempt()
                            + " in " + Narrator.seconds(retrying.delay())));
        }
        if (state instanceof StationState.Failed failed) {
            return Optional.of(Line.error("", "Cannot join " + network + ": " + Narrator.name(failed.why())));
        }
        return Optional.empty();
    }

    /** A name that an access point gives itself may hold anything. */
    private static String network(LinkEvent.Changed changed) {
        return changed.ssid().length() == 0
                ? "any network"
                : Printable.text(changed.ssid().toString());
    }
}
