package io.edgewire.device.k230;

import io.edgewire.api.Registration;
import io.edgewire.api.wlan.AccessPoint;
import io.edgewire.api.wlan.Capabilities;
import io.edgewire.api.wlan.Capabilities.Capability;
import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.JoinFailure;
import io.edgewire.api.wlan.LinkState;
import io.edgewire.api.wlan.WlanDevice;
import io.edgewire.api.wlan.WlanException;
import io.edgewire.api.wlan.WlanInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A device whose every answer a test sets, and that complains of what a station must not do. */
final class StrictWlan implements WlanDevice {
    static final IfConfig FIRST = address("192.168.3.47");
    static final IfConfig SECOND = address("192.168.3.48");

    final List<String> calls = new ArrayList<>();
    final List<Runnable> wakes = new ArrayList<>();
    LinkState link = LinkState.DOWN;
    IfConfig ifconfig = IfConfig.NONE;
    Capabilities capabilities = Capabilities.of(Capability.RADIO, Capability.TELLS_WHY, Capability.FIXED_ADDRESS);
    /** Thrown by link and ifconfig while set. */
    RuntimeException dumb;
    /** What the next calls of connect do. */
    Runnable onConnect = () -> {};

    Runnable onDisconnect = () -> goDown();
    Runnable onFixedAddress = () -> {};
    Runnable onClose = () -> {};
    boolean closed;
    private boolean inCall;

    static IfConfig address(String digits) {
        return AddressText.config(digits).orElseThrow();
    }

    void goUp(IfConfig config) {
        link = LinkState.UP;
        ifconfig = config;
    }

    void goDown() {
        link = LinkState.DOWN;
        ifconfig = IfConfig.NONE;
    }

    void goDown(JoinFailure why) {
        link = LinkState.failed(why);
        ifconfig = IfConfig.NONE;
    }

    long connects() {
        return calls.stream().filter("connect"::equals).count();
    }

    @Override
    public WlanInfo info() {
        return new WlanInfo("fake0", "fake", Optional.empty());
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public LinkState link() {
        speak();
        return link;
    }

    @Override
    public IfConfig ifconfig() {
        speak();
        return ifconfig;
    }

    @Override
    public void useFixedAddress(IfConfig config) {
        call("fix " + config.address().getHostAddress(), onFixedAddress);
    }

    @Override
    public void useDhcp() {
        call("dhcp", () -> {});
    }

    @Override
    public void connect(Credentials credentials, Duration limit) {
        if (link.isUp() && dumb == null) {
            throw new AssertionError("S-7: connect while the link is up");
        }
        call("connect", onConnect);
    }

    @Override
    public void disconnect() {
        call("disconnect", onDisconnect);
    }

    @Override
    public List<AccessPoint> scan(Duration limit) {
        return List.of();
    }

    @Override
    public Registration onChange(Runnable wake) {
        wakes.add(wake);
        return () -> wakes.remove(wake);
    }

    @Override
    public void close() {
        calls.add("close");
        closed = true;
        onClose.run();
    }

    private void speak() {
        if (dumb != null) {
            throw dumb;
        }
    }

    private void call(String name, Runnable body) {
        if (inCall) {
            throw new AssertionError("S-7: " + name + " during another call");
        }
        if (closed) {
            throw new WlanException(WlanException.Kind.CLOSED, "closed");
        }
        calls.add(name);
        inCall = true;
        try {
            body.run();
        } finally {
            inCall = false;
        }
    }
}
