package io.edgewire.examples.netns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** What was seen, one row for each scenario: for the build's log and for {@code docs/reliability.md}. */
final class Figures {
    private static final Path FILE = Path.of("target", "netns-figures.md");
    private static final String HEAD = """
            | fault | transport | promised | seen | others meanwhile |
            | --- | --- | --- | --- | --- |""";

    static {
        write(HEAD, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private Figures() {}

    static synchronized void add(String... cells) {
        write("| " + String.join(" | ", cells) + " |", StandardOpenOption.APPEND);
    }

    private static void write(String line, StandardOpenOption how) {
        try {
            Files.createDirectories(FILE.getParent());
            Files.write(FILE, List.of(line), StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
