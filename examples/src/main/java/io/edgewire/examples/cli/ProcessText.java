package io.edgewire.examples.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The arguments and the environment of this process as UTF-8, whatever the locale. Under {@code LC_ALL=C} Java loses
 * every character beyond ASCII on the way to {@code main}; Linux still has the bytes.
 */
final class ProcessText {
    private static final Path ARGUMENTS = Path.of("/proc/self/cmdline");
    private static final Path ENVIRONMENT = Path.of("/proc/self/environ");

    private ProcessText() {}

    /** The arguments as they were typed; what {@code main} was given where the system does not tell. */
    static String[] arguments(String[] given) {
        return arguments(given, entries(ARGUMENTS));
    }

    /** Ours are the last of the process's arguments: before them stand those of the virtual machine. */
    static String[] arguments(String[] given, List<String> ofProcess) {
        int before = ofProcess.size() - given.length;
        if (before < 1) {
            return given;
        }
        List<String> ours = ofProcess.subList(before, ofProcess.size());
        for (int i = 0; i < given.length; i++) {
            if (isAscii(ours.get(i)) && !ours.get(i).equals(given[i])) {
                return given;
            }
        }
        return ours.toArray(new String[0]);
    }

    /** A variable of the environment, if it is set. */
    static Optional<String> variable(String name) {
        String start = name + "=";
        return entries(ENVIRONMENT).stream()
                .filter(entry -> entry.startsWith(start))
                .map(entry -> entry.substring(start.length()))
                .findFirst()
                .or(() -> Optional.ofNullable(System.getenv(name)));
    }

    private static List<String> entries(Path file) {
        try {
            return split(Files.readAllBytes(file));
        } catch (IOException e) {
            // Not Linux, or /proc is not mounted: the caller has what Java gave it.
            return List.of();
        }
    }

    /** Entries end with a zero byte each; an empty argument is an empty entry. */
    static List<String> split(byte[] bytes) {
        List<String> entries = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                entries.add(new String(bytes, start, i - start, StandardCharsets.UTF_8));
                start = i + 1;
            }
        }
        return entries;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
