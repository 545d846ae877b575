package io.edgewire.examples.cli;

import io.edgewire.api.Clock;
import io.edgewire.api.ConnectOptions;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.Transport;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.client.DialOptions;
import io.edgewire.client.Dialer;
import io.edgewire.client.Dialing;
import io.edgewire.examples.connect.Client;
import io.edgewire.examples.connect.ClientInput;
import io.edgewire.examples.connect.ClientOutput;
import io.edgewire.examples.connect.Pace;
import io.edgewire.examples.connect.Status;
import io.edgewire.examples.connect.Tally;
import io.edgewire.examples.text.Printable;
import io.edgewire.protocols.Heartbeat;
import io.edgewire.protocols.HeartbeatOptions;
import io.edgewire.protocols.framing.Framing;
import io.edgewire.server.Addresses;
import io.edgewire.server.EdgewireThreads;
import io.edgewire.server.SystemScheduler;
import io.edgewire.transport.nio.NioTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code edgewire connect}: a terminal client on our own transport. */
@Command(
        name = "connect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = "edgewire connect [OPTION]... HOST PORT",
        description = {
            "Connects to a server, sends what you type line by line and prints what comes.",
            "",
            "At the end of its input (Ctrl-D) it sends FIN and goes on printing; the command ends when the server closes,"
                    + " or when it has been silent for --wait. Ctrl-C ends it in order at once. In a pipe the standard"
                    + " output is exactly what the server sent; with --framing, each message and a line feed."
        },
        footer = {
            "",
            "A round trip is the time from a message to its answer: with --framing each message that comes answers the"
                    + " oldest unanswered one; without, it is from the first send after a read to the next read.",
            "",
            "Examples:",
            "  edgewire connect 192.168.3.47 8080",
            "  edgewire connect --crlf --pong --time k230.local 8080",
            "  edgewire connect --hex --hex-in --send '01 03 00 00 00 0a' 192.168.3.47 502",
            "  edgewire connect --framing length4 --send '{\"read\":1}' 192.168.3.47 8080",
            "  edgewire connect --send ping --repeat forever --every 1s 192.168.3.47 8080",
            "  edgewire connect --file image.bin 192.168.3.47 8080 > answer.bin",
            "",
            "Exit codes: 0 done, 1 failed, 2 usage."
        })
final class ConnectCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "HOST", description = "a name or an address, such as 192.168.3.47 or ::1")
    private String host = "";

    @Parameters(index = "1", paramLabel = "PORT", description = "1 to 65535")
    private int port;

    @ArgGroup(validate = false, heading = "%nWhat is sent:%n")
    private ConnectInput input = new ConnectInput();

    @ArgGroup(validate = false, heading = "%nWhat is shown:%n")
    private ConnectOutput shown = new ConnectOutput();

    @ArgGroup(validate = false, heading = "%nThe connection:%n")
    private Manner manner = new Manner();

    /** Ctrl-C and SIGTERM so far. */
    private final AtomicInteger signals = new AtomicInteger();

    /** How to connect and speak. */
    static final class Manner {
        @Option(
                names = "--framing",
                paramLabel = "KIND",
                converter = FramingArgument.class,
                description =
                        "exchange messages, each a line here: line, delimiter:TEXT, delimiter:hex:00, fixed:BYTES,"
                                + " length1, length2, length4, length8, or length4:little and the like")
        private Optional<Framing> framing = Optional.empty();

        @Option(names = "--pong", description = "answer the server's heartbeats (PING) instead of showing them")
        private boolean pong;

        @Option(
                names = "--from",
                paramLabel = "ADDR",
                description = "connect from this address of this machine, and so over its interface")
        private Optional<String> from = Optional.empty();

        @Option(
                names = "--timeout",
                paramLabel = "TIME",
                converter = DurationArgument.class,
                description = "how long it may take to connect, all addresses of a name together (default: 10s)")
        private Duration timeout = Duration.ofSeconds(10);

        @Option(
                names = "--wait",
                paramLabel = "TIME",
                converter = DurationArgument.class,
                description = "when everything is sent, close after so much silence (default: 2s)")
        private Duration wait = Duration.ofSeconds(2);

        InetSocketAddress source() {
            return from.map(address -> new InetSocketAddress(one(address), 0)).orElse(ConnectOptions.ANY_SOURCE);
        }

        private static InetAddress one(String address) {
            try {
                return InetAddress.getByName(address);
            } catch (UnknownHostException e) {
                throw CommandFailedException.usage(
                        "--from is " + Printable.text(address) + ", but must be an address of this machine");
            }
        }

        ProtocolHandler around(Client client) {
            HeartbeatOptions answer = HeartbeatOptions.DEFAULTS.withRole(HeartbeatOptions.Role.ANSWER);
            ProtocolHandler inner = pong ? new Heartbeat(client, answer, Clock.SYSTEM) : client;
            return framing.map(kind -> kind.around(inner)).orElse(inner);
        }
    }

    @Override
    public Integer call() {
        Pace pace = input.pace();
        ClientInput.Format format = input.format(manner.framing);
        Tally tally = new Tally(format.messages());
        ClientOutput output = shown.output(format.messages());
        Status status = shown.status(output);
        Client client = new Client(output, status, tally, Clock.SYSTEM, manner.wait, input.isWhole());
        DialOptions options = target();
        EdgewireThreads threads = new EdgewireThreads("edgewire-connect", Throwable::printStackTrace);
        try (SystemScheduler scheduler = new SystemScheduler(threads, Throwable::printStackTrace);
                Transport transport = NioTransport.create(client)) {
            ClientInput.Source source = input.source(format);
            Signals.onTermination(() -> signalled(client));
            dial(
                    new Dialer(
                            transport,
                            scheduler,
                            task -> threads.newThread(task).start()),
                    options,
                    client,
                    status);
            ClientInput.start(source, format, pace, client, Clock.SYSTEM);
            ConnectionEvent.Closed end = client.awaitEnd();
            tellEnd(end, client, tally, status);
            client.failure().ifPresent(why -> {
                throw CommandFailedException.failed(
                        why.startsWith(end.reason().toString())
                                ? "lost the connection to " + Addresses.show(end.remote()) + ": " + why
                                : why);
            });
            return ExitCode.DONE;
        } catch (IOException e) {
            throw CommandFailedException.failed("cannot read what is to be sent: " + e.getMessage());
        }
    }

    private void dial(Dialer dialer, DialOptions options, Client client, Status status) {
        Dialing dialing = dialer.dial(options, () -> manner.around(client), client::notOpened);
        Optional<String> failure = client.awaitOpen();
        if (failure.isPresent()) {
            dialing.cancel();
            throw CommandFailedException.failed(Printable.text(failure.get()));
        }
        if (shown.tells()) {
            String how = input.isTyped() ? "; Ctrl-D ends what you send, Ctrl-C ends all" : "";
            status.tell("Connected to " + client.where() + how);
        }
    }

    private void tellEnd(ConnectionEvent.Closed end, Client client, Tally tally, Status status) {
        if (shown.tells()) {
            status.tell(client.isInterrupted() ? "Interrupted" : words(end));
        }
        if (shown.sums()) {
            tally.summary(end).forEach(status::tell);
        }
    }

    private static String words(ConnectionEvent.Closed end) {
        return switch (end.reason()) {
            case PEER -> "Closed by the server";
            case LOCAL -> "Closed";
            default -> "Lost: " + end.reason();
        };
    }

    /** The second one does not wait for whatever keeps the first from its end: a terminal that is paused, say. */
    private void signalled(Client client) {
        if (signals.incrementAndGet() == 1) {
            client.interrupt();
        } else {
            Runtime.getRuntime().halt(ExitCode.FAILED);
        }
    }

    private DialOptions target() {
        if (port < 1 || port > 65_535) {
            throw CommandFailedException.usage(
                    String.format(Locale.ROOT, "the port is %d, but must be 1 to 65535", port));
        }
        if (manner.timeout.isZero()) {
            throw CommandFailedException.usage("--timeout is 0, but must be more, such as 10s");
        }
        return DialOptions.to(host, port).withSource(manner.source()).withLimit(manner.timeout);
    }
}
