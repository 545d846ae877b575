package io.edgewire.device.k230;

import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.JoinFailure;
import io.edgewire.api.wlan.LinkState;
import io.edgewire.api.wlan.WlanDevice;
import java.util.Optional;

/**
 * What one look at a device showed.
 *
 * @param link the association
 * @param ifconfig the address
 * @param failure what the device threw instead of telling either; then the other two are no evidence
 */
record Evidence(LinkState link, IfConfig ifconfig, Optional<RuntimeException> failure) {
    /**
     * Looks at a device. The address is read first: a link that goes down between the two reads is then told as down,
     * and not as an address that went away.
     */
    static Evidence of(WlanDevice device) {
        try {
            IfConfig ifconfig = device.ifconfig();
            return new Evidence(device.link(), ifconfig, Optional.empty());
        } catch (RuntimeException e) {
            // Told by the station as DeviceFailed; it goes on as if nothing was known.
            return new Evidence(LinkState.DOWN, IfConfig.NONE, Optional.of(e));
        }
    }

    boolean blind() {
        return failure.isPresent();
    }

    boolean linkUp() {
        return link.isUp();
    }

    boolean joining() {
        return link.phase() == LinkState.Phase.JOINING;
    }

    /** Why a link that is not up is not. */
    JoinFailure why() {
        return blind() ? JoinFailure.DEVICE_FAILED : link.failure().orElse(JoinFailure.UNKNOWN);
    }

    /** Whether the link is up with an address that will do: any, or the fixed one that was asked for. */
    boolean usable(Optional<IfConfig> wanted) {
        return linkUp() && ifconfig.hasAddress() && wanted.map(this::at).orElse(true);
    }

    /** Whether the interface has this very address. */
    boolean at(IfConfig other) {
        return ifconfig.address().equals(other.address());
    }
}
