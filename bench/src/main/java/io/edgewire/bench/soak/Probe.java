package io.edgewire.bench.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the vitals of a process from outside: what the kernel tells in {@code /proc}, and what {@code jcmd} tells of
 * its JVM. The process does nothing for it but a full collection.
 */
final class Probe {
    private static final Pattern CLASS = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");
    private static final Pattern TOTAL = Pattern.compile("Total\\s+(\\d+)\\s+(\\d+)");
    private static final Pattern OTHER = Pattern.compile("-\\s+Other \\(reserved=\\d+KB, committed=(\\d+)KB\\)");
    private static final Pattern COUNTED =
            Pattern.compile("io\\.edgewire\\..*|sun\\.nio\\.ch\\.(SelectionKeyImpl|SocketChannelImpl)");
    private static final long JCMD_SECONDS = 60;
    /** Of the processor time in {@code /proc}: USER_HZ, which is 100 on every Linux we know. */
    private static final long TICK_MILLIS = 10;

    private static final int UTIME = 11; // after the name, which ends with the last parenthesis; see proc(5)

    private final Path proc;
    private final String pid;
    private final Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");

    Probe(long pid) {
        this.pid = Long.toString(pid);
        proc = Path.of("/proc", this.pid);
        if (!Files.isDirectory(proc) || !Files.isExecutable(jcmd)) {
            throw new IllegalStateException("needs Linux and a JDK: there is no " + proc + " or no " + jcmd);
        }
    }

    Vitals read() throws IOException, InterruptedException {
        long heap = 0;
        Map<String, Long> live = new HashMap<>();
        for (String line : jcmd("GC.class_histogram")) {
            Matcher each = CLASS.matcher(line);
            Matcher total = TOTAL.matcher(line);
            if (each.matches() && COUNTED.matcher(each.group(3)).matches()) {
                live.put(each.group(3), Long.parseLong(each.group(1)));
            } else if (total.matches()) {
                heap = Long.parseLong(total.group(2));
            }
        }
        long direct = 0;
        for (String line : jcmd("VM.native_memory", "summary")) {
            Matcher other = OTHER.matcher(line);
            if (other.find()) {
                direct = Long.parseLong(other.group(1)) * 1024;
            }
        }
        return new Vitals(heap, status("VmRSS:") * 1024, descriptors(), status("Threads:"), direct, live, cpuMillis());
    }

    /** Open descriptors. */
    long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(proc.resolve("fd"))) {
            return all.count();
        }
    }

    /** Of all its threads, in user and kernel mode. */
    long cpuMillis() throws IOException {
        String stat = Files.readString(proc.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1])) * TICK_MILLIS;
    }

    private long status(String key) throws IOException {
        for (String line : Files.readAllLines(proc.resolve("status"))) {
            if (line.startsWith(key)) {
                return Long.parseLong(line.substring(key.length()).strip().split(" ")[0]);
            }
        }
        throw new IOException("there is no " + key + " in " + proc.resolve("status"));
    }

    private List<String> jcmd(String... what) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(jcmd.toString(), pid));
        command.addAll(List.of(what));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
            if (!process.waitFor(JCMD_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + " failed: " + lines);
            }
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }
}
