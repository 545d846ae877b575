package io.edgewire.examples.cli;

import io.edgewire.api.wlan.Ssid;
import io.edgewire.device.k230.KeySource;
import io.edgewire.device.k230.KeySources;
import io.edgewire.device.k230.NetworkOptions;
import io.edgewire.examples.text.Printable;
import java.util.Map;
import java.util.Optional;

/** Where the network's key comes from: a file, the environment, or whoever sits at the terminal. */
final class WifiKey {
    private WifiKey() {}

    static KeySource source(NetworkOptions network) {
        KeySource configured = network.passwordFile()
                .map(KeySources::file)
                .orElseGet(() -> KeySources.environment(ProcessText.variable(KeySources.VARIABLE)
                        .map(key -> Map.of(KeySources.VARIABLE, key))
                        .orElseGet(Map::of)));
        return configured.or(WifiKey::ask);
    }

    /** Asks only for a network that has a name, and only where somebody can answer. */
    private static Optional<char[]> ask(Ssid ssid) {
        java.io.Console terminal = System.console();
        if (ssid.length() == 0 || terminal == null || !Terminal.isInteractive()) {
            return Optional.empty();
        }
        char[] key =
                terminal.readPassword("Password of %s (empty for an open network): ", Printable.text(ssid.toString()));
        return Optional.ofNullable(key).filter(answer -> answer.length > 0);
    }
}
