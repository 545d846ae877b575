package io.edgewire.testkit.wlan;

import io.edgewire.api.Registration;
import io.edgewire.api.wlan.AccessPoint;
import io.edgewire.api.wlan.Capabilities;
import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.LinkState;
import io.edgewire.api.wlan.Ssid;
import io.edgewire.api.wlan.WlanDevice;
import io.edgewire.api.wlan.WlanException;
import io.edgewire.api.wlan.WlanInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A device that has no life of its own: it tells the link and the address that the test has set, and keeps what is asked
 * of it. For tests of what lives on a device; it breaks the rules of one wherever the test says so.
 *
 * <p><b>Threads.</b> Any.
 */
public final class FakeWlan implements WlanDevice {
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<Runnable> wakes = new CopyOnWriteArrayList<>();
    private final Capabilities capabilities;
    /** Written by the test and by reactions, read by whoever asks, as are those below. */
    private volatile LinkState link = LinkState.DOWN;

    private volatile IfConfig ifconfig = IfConfig.NONE;
    private volatile Consumer<Ssid> connecting = ssid -> {};
    private volatile Runnable disconnecting = () -> link(LinkState.DOWN, IfConfig.NONE);
    private volatile Optional<WlanException> failure = Optional.empty();
    private volatile boolean closed;

    /** A device with these capabilities. */
    public FakeWlan(Capabilities.Capability... capabilities) {
        this.capabilities = Capabilities.of(capabilities);
    }

    // ---- the script

    /** Sets what the device tells, without a signal. */
    public void link(LinkState state, IfConfig config) {
        link = state;
        ifconfig = config;
    }

    /** Calls everyone who asked by {@link #onChange}. */
    public void signal() {
        wakes.forEach(Runnable::run);
    }

    /** What {@link #connect} does, on the thread that calls it; it may block or throw. Nothing at first. */
    public void whenConnecting(Consumer<Ssid> reaction) {
        connecting = reaction;
    }

    /** What {@link #disconnect} does; at first link and address go. */
    public void whenDisconnecting(Runnable reaction) {
        disconnecting = reaction;
    }

    /** From now on questions about link and address throw. */
    public void fail(WlanException with) {
        failure = Optional.of(with);
    }

    /** Ends what {@link #fail} began. */
    public void recover() {
        failure = Optional.empty();
    }

    /** The blocking calls so far, by name: connect, disconnect, scan, useFixedAddress, useDhcp, close. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** How often one of them was called. */
    public int count(String call) {
        return (int) calls.stream().filter(call::equals).count();
    }

    /** Whether {@link #close} was called. */
    public boolean isClosed() {
        return closed;
    }

    // ---- WlanDevice

    @Override
    public WlanInfo info() {
        return new WlanInfo("fake", "a device that does what a test says", Optional.empty());
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public LinkState link() {
        throwIfFailing();
        return link;
    }

    @Override
    public IfConfig ifconfig() {
        throwIfFailing();
        return ifconfig;
    }

    @Override
    public void useFixedAddress(IfConfig config) {
        calls.add("useFixedAddress");
    }

    @Override
    public void useDhcp() {
        calls.add("useDhcp");
    }

    @Override
    public void connect(Credentials credentials, Duration limit) {
        calls.add("connect");
        connecting.accept(credentials.ssid());
    }

    @Override
    public void disconnect() {
        calls.add("disconnect");
        disconnecting.run();
    }

    @Override
    public List<AccessPoint> scan(Duration limit) {
        calls.add("scan");
        return List.of();
    }

    @Override
    public Registration onChange(Runnable wake) {
        Runnable own = wake::run;
        wakes.add(own);
        return () -> wakes.remove(own);
    }

    @Override
    public void close() {
        calls.add("close");
        closed = true;
    }

    private void throwIfFailing() {
        failure.ifPresent(e -> {
            throw e;
        });
    }
}
