package io.edgewire.examples.cli;

import io.edgewire.api.Registration;
import io.edgewire.api.wlan.AccessPoint;
import io.edgewire.api.wlan.Capabilities;
import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.LinkState;
import io.edgewire.api.wlan.WlanDevice;
import io.edgewire.api.wlan.WlanInfo;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A board that joins at once and never leaves: {@code disconnect} and {@code close} do not return. */
final class HangingWlan implements WlanDevice {
    private final IfConfig address;

    private HangingWlan(IfConfig address) {
        this.address = address;
    }

    static HangingWlan withAddress() {
        return new HangingWlan(IfConfig.of(InetAddress.getLoopbackAddress(), 8));
    }

    /** DHCP does not answer, so the station soon calls {@code disconnect}. */
    static HangingWlan withoutAddress() {
        return new HangingWlan(IfConfig.NONE);
    }

    @Override
    public WlanInfo info() {
        return new WlanInfo("hanging", "a board that hangs", Optional.empty());
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.of();
    }

    @Override
    public LinkState link() {
        return LinkState.UP;
    }

    @Override
    public IfConfig ifconfig() {
        return address;
    }

    @Override
    public void useFixedAddress(IfConfig config) {}

    @Override
    public void useDhcp() {}

    @Override
    public void connect(Credentials credentials, Duration limit) {}

    @Override
    public void disconnect() {
        StubbornServer.hang();
    }

    @Override
    public List<AccessPoint> scan(Duration limit) {
        return List.of();
    }

    @Override
    public Registration onChange(Runnable wake) {
        return Registration.NONE;
    }

    @Override
    public void close() {
        StubbornServer.hang();
    }
}
