package io.edgewire.testkit.wlan;

import io.edgewire.api.Registration;
import io.edgewire.api.wlan.AccessPoint;
import io.edgewire.api.wlan.AccessPoint.Security;
import io.edgewire.api.wlan.Capabilities;
import io.edgewire.api.wlan.Capabilities.Capability;
import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.JoinFailure;
import io.edgewire.api.wlan.LinkState;
import io.edgewire.api.wlan.MacAddress;
import io.edgewire.api.wlan.WlanDevice;
import io.edgewire.api.wlan.WlanException;
import io.edgewire.api.wlan.WlanInfo;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A correct device without latencies; those that are made wrong override one method. */
class ToyWlan implements WlanDevice {
    final ToyAir air;
    final List<Runnable> wakes = new CopyOnWriteArrayList<>();
    volatile LinkState link = LinkState.DOWN;
    volatile IfConfig ifconfig = IfConfig.NONE;
    volatile Optional<IfConfig> fixed = Optional.empty();
    private volatile boolean closed;

    ToyWlan(ToyAir air) {
        this.air = air;
    }

    void apLost() {
        change(LinkState.DOWN, IfConfig.NONE);
    }

    void change(LinkState to, IfConfig config) {
        link = to;
        ifconfig = config;
        wakes.forEach(Runnable::run);
    }

    void refused(JoinFailure why) {
        change(LinkState.failed(why), IfConfig.NONE);
    }

    void requireOpen() {
        if (closed) {
            throw new WlanException(WlanException.Kind.CLOSED, "the toy is closed");
        }
    }

    @Override
    public WlanInfo info() {
        requireOpen();
        return new WlanInfo("toy", "a toy", Optional.empty());
    }

    @Override
    public Capabilities capabilities() {
        requireOpen();
        return Capabilities.of(
                Capability.RADIO,
                Capability.SCAN,
                Capability.FIXED_ADDRESS,
                Capability.TELLS_WHY,
                Capability.SIGNALS_CHANGES);
    }

    @Override
    public LinkState link() {
        requireOpen();
        return link;
    }

    @Override
    public IfConfig ifconfig() {
        requireOpen();
        return ifconfig;
    }

    @Override
    public void useFixedAddress(IfConfig config) {
        requireOpen();
        fixed = Optional.of(config);
    }

    @Override
    public void useDhcp() {
        requireOpen();
        fixed = Optional.empty();
        change(link, link.isUp() ? air.lease() : IfConfig.NONE);
    }

    @Override
    public void connect(Credentials credentials, Duration limit) {
        requireOpen();
        Optional<JoinFailure> refusal = air.refusal(credentials);
        if (refusal.isPresent()) {
            refused(refusal.get());
        } else {
            change(LinkState.UP, fixed.orElse(air.lease()));
        }
    }

    @Override
    public void disconnect() {
        requireOpen();
        change(LinkState.DOWN, IfConfig.NONE);
    }

    @Override
    public List<AccessPoint> scan(Duration limit) {
        requireOpen();
        return air.points.stream()
                .map(point ->
                        new AccessPoint(point.admits().ssid(), new MacAddress(1), 1, point.rssi(), Security.OTHER))
                .sorted(Comparator.comparingInt(AccessPoint::rssi).reversed())
                .toList();
    }

    @Override
    public Registration onChange(Runnable wake) {
        requireOpen();
        Runnable own = wake::run;
        wakes.add(own);
        return () -> wakes.remove(own);
    }

    @Override
    public void close() {
        closed = true;
    }
}
