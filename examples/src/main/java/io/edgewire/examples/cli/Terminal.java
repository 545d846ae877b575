package io.edgewire.examples.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Standard input and output, in UTF-8 whatever the locale. */
final class Terminal {
    private static final Path INPUT = Path.of("/proc/self/fd/0");

    private Terminal() {}

    static PrintStream output() {
        return new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    }

    static PrintStream errors() {
        return new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    }

    /** Whether a person can answer. {@link System#console} alone does not tell: from JDK 22 on it is always there. */
    static boolean isInteractive() {
        try {
            String target = Files.readSymbolicLink(INPUT).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            // Not Linux: what Java knows is the best there is.
            return System.console() != null;
        }
    }
}
