package io.edgewire.device.k230;

import io.edgewire.api.wlan.AccessPoint;
import io.edgewire.api.wlan.AccessPoint.Security;
import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.MacAddress;
import io.edgewire.api.wlan.Ssid;
import io.edgewire.device.k230.SimulatedAccessPoint.Admission;
import io.edgewire.wiring.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code edgewire.device.sim}. */
final class SimulatedSettings {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration LAST_FAULT = Duration.ofDays(1);
    private static final long FIRST_BSSID = 0x02_00_00_00_00_01L;
    private static final int CHANNEL = 6;
    private static final int MOST_CHANNELS = 233;
    private static final int NEAR = -40;
    private static final int WEAKEST = -120;

    private SimulatedSettings() {}

    static SimulatedWlanOptions read(Settings settings) {
        return settings.valid(() -> new SimulatedWlanOptions(
                settings.text("name"),
                settings.choice("profile", SimulatedProfile.class),
                accessPoints(settings.sections("access-points")),
                latencies(settings.section("latency")),
                leases(settings),
                settings.sections("faults").stream()
                        .map(SimulatedSettings::fault)
                        .toList()));
    }

    private static List<SimulatedAccessPoint> accessPoints(List<Settings> sections) {
        List<SimulatedAccessPoint> points = new ArrayList<>();
        for (Settings section : sections) {
            points.add(section.valid(() -> accessPoint(section, FIRST_BSSID + points.size())));
            section.done();
        }
        return points;
    }

    private static SimulatedAccessPoint accessPoint(Settings settings, long nextBssid) {
        Ssid ssid = DeviceSettings.ssid(settings);
        String key = settings.has("password") ? settings.text("password") : "";
        Credentials admits = key.isEmpty() ? Credentials.open(ssid) : Credentials.of(ssid, key.toCharArray());
        AccessPoint seen = new AccessPoint(
                ssid,
                settings.has("bssid") ? bssid(settings) : new MacAddress(nextBssid),
                settings.has("channel") ? settings.integer("channel", 1, MOST_CHANNELS) : CHANNEL,
                settings.has("rssi") ? settings.integer("rssi", WEAKEST, 0) : NEAR,
                admits.isOpen() ? Security.OPEN : Security.WPA2);
        return new SimulatedAccessPoint(
                seen,
                admits,
                settings.has("admission") ? settings.choice("admission", Admission.class) : Admission.BY_KEY);
    }

    private static MacAddress bssid(Settings settings) {
        try {
            return MacAddress.parse(settings.text("bssid"));
        } catch (IllegalArgumentException e) {
            // The message with key, value and origin says more than this one.
            throw settings.invalid("bssid", "six pairs of hexadecimal digits, such as 02:00:00:00:00:01");
        }
    }

    private static SimulatedLatencies latencies(Settings settings) {
        return new SimulatedLatencies(
                settings.duration("scan", Duration.ZERO, LONGEST),
                settings.duration("join", Duration.ZERO, LONGEST),
                settings.duration("lease", Duration.ZERO, LONGEST),
                settings.duration("reconnect", Duration.ofMillis(1), LONGEST));
    }

    private static List<IfConfig> leases(Settings settings) {
        List<IfConfig> leases = new ArrayList<>();
        for (String text : settings.texts("leases")) {
            leases.add(AddressText.config(text)
                    .filter(IfConfig::hasAddress)
                    .orElseThrow(
                            () -> settings.invalid("leases", "a list of at least one of " + DeviceSettings.ADDRESS)));
        }
        if (leases.isEmpty()) {
            throw settings.invalid("leases", "a list of at least one of " + DeviceSettings.ADDRESS);
        }
        return leases;
    }

    private static SimulatedFault fault(Settings settings) {
        SimulatedFault fault = settings.valid(() -> new SimulatedFault(
                settings.duration("at", Duration.ZERO, LAST_FAULT),
                settings.choice("do", SimulatedFault.Action.class),
                settings.has("address") ? Optional.of(address(settings)) : Optional.empty()));
        settings.done();
        return fault;
    }

    private static IfConfig address(Settings settings) {
        return AddressText.config(settings.text("address"))
                .filter(IfConfig::hasAddress)
                .orElseThrow(() -> settings.invalid("address", DeviceSettings.ADDRESS));
    }
}
