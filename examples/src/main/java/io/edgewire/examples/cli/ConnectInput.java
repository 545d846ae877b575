package io.edgewire.examples.cli;

import io.edgewire.examples.connect.BadInputException;
import io.edgewire.examples.connect.ClientInput;
import io.edgewire.examples.connect.LineEnd;
import io.edgewire.examples.connect.Pace;
import io.edgewire.examples.text.Printable;
import io.edgewire.protocols.framing.Framing;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What {@code edgewire connect} sends, how and how often. */
final class ConnectInput {
    private static final int LONGEST_REPEATED = 16 * 1024 * 1024;
    private static final int LONGEST_HEX_LINE = 1024 * 1024;
    private static final String FOREVER = "forever";

    @Option(
            names = "--send",
            paramLabel = "TEXT",
            description = "this line instead of the standard input; may be repeated")
    private List<String> texts = new ArrayList<>();

    @Option(names = "--file", paramLabel = "FILE", description = "this file instead of the standard input")
    private Optional<String> file = Optional.empty();

    @Option(
            names = "--hex-in",
            description = "what is to be sent are lines of hexadecimal digits, such as 01 03 0a or 0x01,0x03; what"
                    + " they stand for is sent, and no line end")
    private boolean hex;

    @Option(
            names = "--eol",
            paramLabel = "lf|crlf|cr|none",
            description = "what the ends of lines become (default: they stay as they are)")
    private LineEnd lineEnd = LineEnd.KEEP;

    @Option(names = "--crlf", description = "the same as --eol crlf")
    private boolean crlf;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "send all of it N times, or " + FOREVER + "; Ctrl-C ends it early")
    private Optional<String> repeat = Optional.empty();

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = DurationArgument.class,
            description = "with --repeat, begin so far apart, such as 250ms or 1s (default: at once)")
    private Optional<Duration> every = Optional.empty();

    /** Whether it is typed, and so may be wrong. */
    boolean isTyped() {
        return texts.isEmpty() && file.isEmpty() && Terminal.isInteractive();
    }

    /** Whether it has an end that we know of, which a server is not to cut off. */
    boolean isWhole() {
        return pace().times() != Long.MAX_VALUE && (!texts.isEmpty() || file.isPresent() || repeat.isPresent());
    }

    Pace pace() {
        if (every.isPresent() && repeat.isEmpty()) {
            throw CommandFailedException.usage("--every needs --repeat N or --repeat " + FOREVER);
        }
        return repeat.map(text -> new Pace(times(text), every.orElse(Duration.ZERO)))
                .orElse(Pace.ONCE);
    }

    private static long times(String text) {
        long times = -1;
        if (text.equals(FOREVER)) {
            times = Long.MAX_VALUE;
        } else if (!text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            times = Long.parseLong(text);
        }
        if (times < 0) {
            throw CommandFailedException.usage("--repeat is " + Printable.text(text)
                    + ", but must be a number from 1 to 999999999, or " + FOREVER);
        }
        return times == 0 ? Long.MAX_VALUE : times;
    }

    ClientInput.Format format(Optional<Framing> framing) {
        if (lineEnd() != LineEnd.KEEP && (hex || framing.isPresent())) {
            throw CommandFailedException.usage("--eol and --crlf are for text without --framing and --hex-in,"
                    + " of which no line ends are sent");
        }
        int longest = framing.map(Framing::maximum).orElse(LONGEST_HEX_LINE);
        return new ClientInput.Format(hex, framing.isPresent(), longest, lineEnd(), isTyped());
    }

    private LineEnd lineEnd() {
        return crlf ? LineEnd.CRLF : lineEnd;
    }

    /** Where it comes from; what can be told to be wrong without a connection is told here. */
    ClientInput.Source source(ClientInput.Format format) throws IOException {
        if (!texts.isEmpty() && file.isPresent()) {
            throw CommandFailedException.usage("--send and --file cannot both be sent: leave one out");
        }
        if (!texts.isEmpty()) {
            String lines = String.join("\n", texts) + "\n";
            return checked(memory(lines.getBytes(StandardCharsets.UTF_8)), format);
        }
        if (file.isPresent()) {
            Path path = path(file.get());
            return () -> Files.newInputStream(path);
        }
        if (repeat.isEmpty()) {
            return () -> new Kept(System.in);
        }
        if (isTyped()) {
            throw CommandFailedException.usage("--repeat needs something to repeat: --send, --file or a pipe");
        }
        byte[] all = System.in.readNBytes(LONGEST_REPEATED + 1);
        if (all.length > LONGEST_REPEATED) {
            throw CommandFailedException.usage(String.format(
                    Locale.ROOT,
                    "more than %d MiB cannot be repeated from a pipe: use --file",
                    LONGEST_REPEATED >> 20));
        }
        return memory(all);
    }

    private static ClientInput.Source memory(byte[] bytes) {
        return () -> new ByteArrayInputStream(bytes);
    }

    private static ClientInput.Source checked(ClientInput.Source source, ClientInput.Format format) throws IOException {
        try {
            ClientInput.check(source, format);
            return source;
        } catch (BadInputException e) {
            throw CommandFailedException.usage("--send: " + e.getMessage());
        }
    }

    private static Path path(String name) {
        try {
            Path path = Path.of(name);
            if (!Files.isRegularFile(path)) {
                throw CommandFailedException.usage("there is no file " + path.toAbsolutePath());
            }
            if (!Files.isReadable(path)) {
                throw CommandFailedException.usage("the file " + path.toAbsolutePath() + " cannot be read");
            }
            return path;
        } catch (InvalidPathException e) {
            throw CommandFailedException.usage("the file name " + Printable.text(name)
                    + " cannot be expressed in this locale: set LC_ALL=C.UTF-8");
        }
    }

    /** The standard input stays open: nobody could open it again. */
    private static final class Kept extends FilterInputStream {
        Kept(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // It ends with the process.
        }
    }
}
