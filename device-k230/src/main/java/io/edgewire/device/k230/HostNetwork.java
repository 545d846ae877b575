package io.edgewire.device.k230;

import io.edgewire.api.Registration;
import io.edgewire.api.wlan.AccessPoint;
import io.edgewire.api.wlan.Capabilities;
import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.JoinFailure;
import io.edgewire.api.wlan.LinkState;
import io.edgewire.api.wlan.WlanDevice;
import io.edgewire.api.wlan.WlanException;
import io.edgewire.api.wlan.WlanInfo;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * No radio: the machine's own network, on a wire or joined by somebody else. The link is up where the interface is and
 * has its address; there is nothing to join and nothing to leave.
 *
 * <p><b>Threads.</b> As {@link WlanDevice}; no call blocks.
 *
 * <p><b>Lifecycle.</b> As {@link WlanDevice}. The interfaces are read anew by each call, so that an address that comes
 * later is found.
 *
 * <p><b>Failure.</b> An interface or address that is not there is a link that is down with
 * {@link JoinFailure#NOT_FOUND}; {@link #connect} to an interface that is not there says which there are.
 *
 * <p><b>Rules.</b> D-1, D-2, D-7, D-8, D-9, D-10, D-11; without a radio the others have no subject.
 */
public final class HostNetwork implements WlanDevice {
    private final HostNetworkOptions options;
    private final Supplier<List<HostInterface>> interfaces;
    /** Set by {@link #close}, read by every method. */
    private volatile boolean closed;

    /** The network of this machine. */
    public HostNetwork(HostNetworkOptions options) {
        this(options, HostInterface::all);
    }

    HostNetwork(HostNetworkOptions options, Supplier<List<HostInterface>> interfaces) {
        this.options = Objects.requireNonNull(options, "options");
        this.interfaces = interfaces;
    }

    /** What was chosen: an interface, and an address of it. */
    private record Choice(HostInterface on, IfConfig config) {}

    @Override
    public WlanInfo info() {
        return choice().map(Choice::on)
                .map(on -> new WlanInfo(on.name(), "the machine's own network", on.mac()))
                .orElseGet(() ->
                        new WlanInfo(options.interfaceName().orElse("host"), "no such interface", Optional.empty()));
    }

    @Override
    public Capabilities capabilities() {
        requireOpen();
        return Capabilities.of(Capabilities.Capability.TELLS_WHY);
    }

    @Override
    public LinkState link() {
        return choice().isPresent() ? LinkState.UP : LinkState.failed(JoinFailure.NOT_FOUND);
    }

    @Override
    public IfConfig ifconfig() {
        return choice().map(Choice::config).orElse(IfConfig.NONE);
    }

    @Override
    public void useFixedAddress(IfConfig config) {
        requireOpen();
        throw new WlanException(
                WlanException.Kind.UNSUPPORTED,
                "the machine's own network keeps the addresses that its administrator gave it;"
                        + " choose one of them instead of setting one");
    }

    @Override
    public void useDhcp() {
        requireOpen();
    }

    /** Nothing is joined, but a name that is wrong is told here, where a station asks at the beginning and again. */
    @Override
    public void connect(Credentials credentials, Duration limit) {
        requireOpen();
        String wanted = options.interfaceName().orElse("");
        List<String> present =
                interfaces.get().stream().map(HostInterface::name).toList();
        if (!wanted.isEmpty() && !present.contains(wanted)) {
            throw new WlanException(
                    WlanException.Kind.UNAVAILABLE,
                    "there is no interface " + wanted + " on this machine, which has " + String.join(", ", present)
                            + ": correct edgewire.device.host.interface, unless it is still to come");
        }
    }

    @Override
    public void disconnect() {
        requireOpen();
    }

    @Override
    public List<AccessPoint> scan(Duration limit) {
        requireOpen();
        return List.of();
    }

    @Override
    public Registration onChange(Runnable wake) {
        requireOpen();
        return Registration.NONE;
    }

    @Override
    public void close() {
        closed = true;
    }

    /** What was asked for; where nothing was, what others can reach, and before nothing at all the loopback. */
    private Optional<Choice> choice() {
        requireOpen();
        List<Choice> up = interfaces.get().stream()
                .filter(HostInterface::up)
                .flatMap(on -> on.addresses().stream().map(config -> new Choice(on, config)))
                .toList();
        if (options.interfaceName().isPresent() || options.address().isPresent()) {
            return best(up.stream().filter(this::asked));
        }
        return best(up.stream().filter(choice -> !choice.on().loopback())).or(() -> best(up.stream()));
    }

    private boolean asked(Choice choice) {
        return options.interfaceName().map(choice.on().name()::equals).orElse(true)
                && options.address().map(choice.config().address()::equals).orElse(true);
    }

    /** IPv4 before IPv6. An address that is good on one link alone cannot be told to others: only on demand. */
    private Optional<Choice> best(Stream<Choice> choices) {
        List<Choice> good = choices.filter(choice -> options.address().isPresent()
                        || !choice.config().address().isLinkLocalAddress())
                .toList();
        return good.stream()
                .filter(choice -> choice.config().address() instanceof Inet4Address)
                .findFirst()
                .or(() -> good.stream().findFirst());
    }

    private void requireOpen() {
        if (closed) {
            throw new WlanException(WlanException.Kind.CLOSED, "the device for the machine's own network is closed");
        }
    }
}
