package io.edgewire.examples.cli;

import io.edgewire.examples.text.Printable;
import io.edgewire.wiring.ConfigLoader;
import io.edgewire.wiring.EdgewireConfig;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that stand for keys of the configuration, and what that makes of them. */
final class ServerSelection {
    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            description = "what to speak: echo, heartbeat, upper (default: echo)")
    private Optional<String> protocol = Optional.empty();

    @Option(
            names = "--framing",
            paramLabel = "KIND",
            description =
                    "exchange messages: line, delimiter, fixed, length1, length2, length4, length8 (default: none)")
    private Optional<String> framing = Optional.empty();

    @Option(names = "--transport", paramLabel = "NAME", description = "what carries it: nio, bio (default: nio)")
    private Optional<String> transport = Optional.empty();

    @Option(names = "--device", paramLabel = "NAME", description = "the Wi-Fi interface: sim, host (default: sim)")
    private Optional<String> device = Optional.empty();

    @Option(
            names = "--host",
            paramLabel = "ADDR",
            description = "listen on the station's address, any, or this one (default: station)")
    private Optional<String> host = Optional.empty();

    @Option(names = "--port", paramLabel = "N", description = "listen on this port; 0: any free one (default: 8080)")
    private Optional<String> port = Optional.empty();

    @Option(
            names = "--ssid",
            paramLabel = "NAME",
            description = "the network to join: text in UTF-8, or hex: and digits (default: any)")
    private Optional<String> ssid = Optional.empty();

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "the network's key; otherwise that of EDGEWIRE_WIFI_PASSWORD, or it is asked for")
    private Optional<String> passwordFile = Optional.empty();

    @Option(names = "--config", paramLabel = "FILE", description = "a configuration file in HOCON; may be repeated")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "one value of the configuration; may be repeated. See: edgewire config")
    private List<String> values = new ArrayList<>();

    /** Only there to be refused with an explanation. */
    @Option(names = "--password", arity = "0..1", fallbackValue = "", hidden = true)
    private Optional<String> password = Optional.empty();

    EdgewireConfig load() {
        if (password.isPresent()) {
            throw CommandFailedException.usage("a password does not belong on the argument list, which every user of"
                    + " this machine can see: put it into a file and give --password-file FILE, or set"
                    + " EDGEWIRE_WIFI_PASSWORD");
        }
        ConfigLoader loader = EdgewireConfig.loader();
        files.forEach(file -> loader.file(path(file)));
        values.forEach(loader::set);
        put(loader, "edgewire.server.protocol", protocol, "--protocol");
        put(loader, "edgewire.protocol.framing.kind", framing, "--framing");
        put(loader, "edgewire.server.transport", transport, "--transport");
        put(loader, "edgewire.server.device", device, "--device");
        put(loader, "edgewire.server.bind", host, "--host");
        put(loader, "edgewire.server.port", port, "--port");
        put(loader, "edgewire.device.ssid", ssid, "--ssid");
        put(loader, "edgewire.device.password-file", passwordFile, "--password-file");
        return loader.load();
    }

    private static void put(ConfigLoader loader, String key, Optional<String> value, String option) {
        value.ifPresent(text -> loader.put(key, text, option));
    }

    private static Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw CommandFailedException.usage("the file name " + Printable.text(file)
                    + " cannot be expressed in this locale: set LC_ALL=C.UTF-8");
        }
    }
}
