package io.edgewire.examples.cli;

import io.edgewire.examples.connect.ClientOutput;
import io.edgewire.examples.connect.Status;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.time.LocalTime;
import picocli.CommandLine.Option;

/** What {@code edgewire connect} shows. */
final class ConnectOutput {
    @Option(names = "--hex", description = "what comes as hexadecimal digits, a line for each read or message")
    private boolean hex;

    @Option(
            names = "--time",
            description = "a line for each read or message, with time of day and length; what is sent likewise, on the"
                    + " standard error")
    private boolean time;

    @Option(
            names = "--summary",
            description = "bytes, messages and round-trip times at the end, also where no terminal is")
    private boolean summary;

    @Option(names = "--quiet", description = "nothing but what comes, and errors")
    private boolean quiet;

    private final PrintStream errors = Terminal.errors();
    private final boolean coloured = System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));

    ClientOutput output(boolean messages) {
        boolean terminal = Terminal.isTerminal(1);
        ClientOutput.Look look =
                new ClientOutput.Look(hex, messages, time, terminal, terminal && coloured, Terminal.isPipe(1));
        return new ClientOutput(new FileOutputStream(FileDescriptor.out), errors, look, LocalTime::now);
    }

    Status status(ClientOutput output) {
        return new Status(errors, Terminal.isTerminal(2) && coloured, output);
    }

    /** Whether somebody looks on: at a terminal where something is typed or shown. */
    boolean tells() {
        return !quiet && Terminal.isTerminal(2) && (Terminal.isTerminal(1) || Terminal.isInteractive());
    }

    boolean sums() {
        return summary || tells();
    }
}
