package io.edgewire.api.event;

import io.edgewire.api.wlan.Ssid;
import io.edgewire.api.wlan.StationState;

/** What happened to a station's link. */
public sealed interface LinkEvent extends EdgeEvent {
    /**
     * A station entered a state.
     *
     * @param device the interface's name
     * @param ssid the network it is set to join; empty where there is no radio or any network will do
     * @param state the state it entered
     */
    record Changed(String device, Ssid ssid, StationState state) implements LinkEvent {}

    /**
     * A call to the device failed; the station goes on as if nothing was known.
     *
     * @param device the interface's name
     * @param cause what the device threw
     */
    record DeviceFailed(String device, Throwable cause) implements LinkEvent {}
}
