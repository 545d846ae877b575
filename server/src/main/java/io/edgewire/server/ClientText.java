package io.edgewire.server;

import io.edgewire.api.event.ClientEvent;
import io.edgewire.server.LogLine.Level;

/** Words what a client does: {@code logger: lost 192.168.3.47:8080: RESET; 3 messages may or may not have arrived}. */
final class ClientText {
    private ClientText() {}

    static LogLine line(ClientEvent event) {
        String who = event.client() + ": ";
        if (event instanceof ClientEvent.Connecting connecting) {
            return LogLine.of(Level.DEBUG, who + "connecting, attempt " + connecting.attempt());
        }
        if (event instanceof ClientEvent.Connected connected) {
            return LogLine.of(
                    Level.INFO, who + "connected to " + Addresses.show(connected.remote()) + " as #" + connected.id());
        }
        if (event instanceof ClientEvent.Disconnected lost) {
            return LogLine.of(
                    lost.unknown() > 0 ? Level.WARN : Level.INFO,
                    who + "#" + lost.id() + " to " + Addresses.show(lost.remote()) + " has ended: " + lost.reason()
                            + (lost.detail().isEmpty() ? "" : " (" + lost.detail() + ")")
                            + (lost.unknown() > 0
                                    ? "; " + lost.unknown() + " messages may or may not have arrived"
                                    : ""));
        }
        if (event instanceof ClientEvent.Waiting waiting) {
            return LogLine.of(
                    Level.WARN,
                    who + waiting.why() + "; attempt " + waiting.attempt() + " in " + EventText.show(waiting.delay()));
        }
        if (event instanceof ClientEvent.Paused) {
            return LogLine.of(Level.INFO, who + "waits for the station");
        }
        ClientEvent.Closed closed = (ClientEvent.Closed) event;
        return LogLine.of(
                closed.notSent() > 0 ? Level.WARN : Level.INFO,
                who + "closed" + (closed.notSent() > 0 ? ", and " + closed.notSent() + " messages were not sent" : ""));
    }
}
