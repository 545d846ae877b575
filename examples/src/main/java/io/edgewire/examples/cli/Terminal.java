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
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private Terminal() {}

    static PrintStream output() {
        return new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    }

    static PrintStream errors() {
        return new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    }

    /** Whether a person can answer. */
    static boolean isInteractive() {
        return isTerminal(0);
    }

    /**
     * Whether a descriptor, 0 to 2, is a terminal. {@link System#console} alone does not tell: from JDK 22 on it is
     * always there.
     */
    static boolean isTerminal(int descriptor) {
        try {
            String target = target(descriptor);
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            // Not Linux: what Java knows is the best there is.
            return System.console() != null;
        }
    }

    /** Whether somebody else is at the other end of a descriptor, who may go away. */
    static boolean isPipe(int descriptor) {
        try {
            String target = target(descriptor);
            return target.startsWith("pipe:") || target.startsWith("socket:");
        } catch (IOException e) {
            // Not Linux: then a failure is told where it need not be.
            return false;
        }
    }

    private static String target(int descriptor) throws IOException {
        return Files.readSymbolicLink(DESCRIPTORS.resolve(Integer.toString(descriptor)))
                .toString();
    }
}
