package io.edgewire.device.k230;

import io.edgewire.api.Backoff;
import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.Ssid;
import io.edgewire.wiring.Settings;
import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code edgewire.device}: what holds for every board, and the section {@code host}. */
final class DeviceSettings {
    static final String ADDRESS = "an address in digits with its prefix, such as 192.168.1.20/24";

    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofMinutes(10);
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final int MOST_ATTEMPTS = 1_000_000;

    private DeviceSettings() {}

    static NetworkOptions network(Settings settings) {
        String file = settings.text("password-file");
        try {
            return new NetworkOptions(ssid(settings), file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file)));
        } catch (InvalidPathException e) {
            // The message with key, value and origin says more than the JDK's.
            throw settings.invalid("password-file", "the path of a file");
        }
    }

    static Ssid ssid(Settings settings) {
        try {
            return Ssid.parse(settings.text("ssid"));
        } catch (IllegalArgumentException e) {
            // The message with key, value and origin says more than this one.
            throw settings.invalid("ssid", "a text of up to 32 bytes in UTF-8, or hex: and up to 32 pairs of digits");
        }
    }

    static StationOptions station(Settings settings) {
        return settings.valid(() -> new StationOptions(
                settings.duration("poll-interval", Duration.ofMillis(10), Duration.ofMinutes(1)),
                settings.duration("connect-timeout", LEAST, MOST),
                settings.duration("lease-timeout", LEAST, MOST),
                settings.duration("call-timeout", LEAST, MOST),
                settings.durationOrOff("reconnect-grace", MILLI, MOST),
                backoff(settings.section("backoff")),
                settings.integerOrOff("max-attempts", 1, MOST_ATTEMPTS).orElse(0),
                address(settings)));
    }

    static HostNetworkOptions host(Settings settings) {
        return settings.valid(() -> new HostNetworkOptions(
                auto(settings, "interface") ? Optional.empty() : Optional.of(settings.text("interface")),
                auto(settings, "address") ? Optional.empty() : Optional.of(settings.inetAddress("address"))));
    }

    private static boolean auto(Settings settings, String key) {
        return settings.text(key).equals("auto");
    }

    private static Backoff backoff(Settings settings) {
        return settings.valid(() -> new Backoff(
                settings.duration("first", MILLI, Duration.ofHours(1)),
                settings.duration("cap", MILLI, Duration.ofHours(1)),
                settings.decimal("jitter", 0, 1)));
    }

    private static Optional<IfConfig> address(Settings settings) {
        Optional<InetAddress> gateway = optionalAddress(settings, "gateway");
        Optional<InetAddress> dns = optionalAddress(settings, "dns");
        String text = settings.text("address");
        if (text.equals("dhcp")) {
            return Optional.empty();
        }
        IfConfig config = AddressText.config(text)
                .filter(IfConfig::hasAddress)
                .orElseThrow(() -> settings.invalid("address", "dhcp, or " + ADDRESS));
        return Optional.of(new IfConfig(config.address(), config.prefixLength(), gateway, dns));
    }

    private static Optional<InetAddress> optionalAddress(Settings settings, String key) {
        return settings.text(key).isEmpty() ? Optional.empty() : Optional.of(settings.inetAddress(key));
    }
}
