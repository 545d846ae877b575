package io.edgewire.examples.cli;

import io.edgewire.api.Clock;
import io.edgewire.api.ConnectOptions;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.Transport;
import io.edgewire.protocols.Heartbeat;
import io.edgewire.protocols.HeartbeatOptions;
import io.edgewire.server.Addresses;
import io.edgewire.transport.nio.NioTransport;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code edgewire connect}: a terminal client on our own transport. */
@Command(
        name = "connect",
        mixinStandardHelpOptions = true,
        description = {
            "Connects to a server, sends what you type line by line and prints what comes.",
            "",
            "At the end of its input it sends FIN and goes on printing; the command ends when the server closes, or when"
                    + " it has been silent for --wait. Exits with 0, or 1 if the connection failed."
        })
final class ConnectCommand implements Callable<Integer> {
    private static final int LONGEST_WAIT = 86_400;

    @Parameters(index = "0", paramLabel = "HOST", description = "a name or an address, such as 192.168.3.47 or ::1")
    private String host = "";

    @Parameters(index = "1", paramLabel = "PORT", description = "1 to 65535")
    private int port;

    @Option(names = "--hex", description = "print what comes as hexadecimal digits, one line a read")
    private boolean hex;

    @Option(names = "--crlf", description = "end lines with CR LF")
    private boolean crlf;

    @Option(names = "--file", paramLabel = "FILE", description = "send this file instead of the standard input")
    private Optional<String> file = Optional.empty();

    @Option(names = "--pong", description = "answer the server's heartbeats (PING) instead of showing them")
    private boolean pong;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "when everything is sent, close after so many seconds of silence (${DEFAULT-VALUE})")
    private double wait;

    @Override
    public Integer call() {
        boolean typed = file.isEmpty() && Terminal.isInteractive();
        ClientOutput output = new ClientOutput(Terminal.output(), hex, typed);
        Client client = new Client(output, Clock.SYSTEM, silence());
        ConnectOptions options = ConnectOptions.to(address());
        try (InputStream input = open();
                Transport carrier = NioTransport.create(client)) {
            carrier.connect(options, () -> wrapped(client));
            ClientInput.start(input, crlf, client);
            return client.awaitEnd(Addresses.show(options.remote()));
        } catch (IOException e) {
            throw CommandFailedException.failed(
                    "cannot read " + file.orElse("the standard input") + ": " + e.getMessage());
        }
    }

    private Duration silence() {
        // Not the other way round: what is no number is in no range.
        if (!(wait >= 0 && wait <= LONGEST_WAIT)) {
            throw CommandFailedException.usage(String.format(
                    Locale.ROOT, "--wait is %s, but must be 0 to %d seconds, such as 0.5", wait, LONGEST_WAIT));
        }
        return Duration.ofMillis((long) (wait * 1000));
    }

    private ProtocolHandler wrapped(Client client) {
        HeartbeatOptions answer = HeartbeatOptions.DEFAULTS.withRole(HeartbeatOptions.Role.ANSWER);
        return pong ? new Heartbeat(client, answer, Clock.SYSTEM) : client;
    }

    private InputStream open() throws IOException {
        if (file.isEmpty()) {
            return System.in;
        }
        try {
            Path path = Path.of(file.get());
            if (!Files.isRegularFile(path)) {
                throw CommandFailedException.usage("there is no file " + path.toAbsolutePath());
            }
            return Files.newInputStream(path);
        } catch (InvalidPathException e) {
            throw CommandFailedException.usage("the file name " + Printable.text(file.get())
                    + " cannot be expressed in this locale: set LC_ALL=C.UTF-8");
        }
    }

    private InetSocketAddress address() {
        if (port < 1 || port > 65_535) {
            throw CommandFailedException.usage(
                    String.format(Locale.ROOT, "the port is %d, but must be 1 to 65535", port));
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw CommandFailedException.failed(
                    "there is no host " + Printable.text(host) + ": check the name, or give an address");
        }
    }
}
