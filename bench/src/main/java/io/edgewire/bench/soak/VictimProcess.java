package io.edgewire.bench.soak;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The clients that vanish: a process that is stopped (SIGSTOP), so that its kernel still acknowledges what nobody
 * reads, and later killed (SIGKILL). Each time the server must have let go of its connections within the time that its
 * heartbeat promises.
 *
 * <pre>
 *   RUNNING ──stop──▶ STOPPED ──checked, continued──▶ RUNNING ──kill──▶ KILLED ──checked, another──▶ RUNNING
 * </pre>
 */
final class VictimProcess implements AutoCloseable {
    private enum State {
        RUNNING,
        STOPPED,
        KILLED
    }

    private static final Duration RUNS = Duration.ofSeconds(25);
    private static final Duration MARGIN = Duration.ofSeconds(20);
    private static final Duration GONE_AFTER_KILL = Duration.ofSeconds(30);
    private static final String ESTABLISHED = "01";

    private final InetSocketAddress server;
    private final Limits limits;
    private final Findings findings;
    private final Random seeds;
    private Process process;
    private State state = State.RUNNING;
    private boolean wasStopped;
    private long since = System.nanoTime();
    private int vanished;

    VictimProcess(InetSocketAddress server, Limits limits, long seed, Findings findings) throws IOException {
        this.server = server;
        this.limits = limits;
        this.findings = findings;
        seeds = new Random(seed);
        process = start();
    }

    /** How often it was stopped or killed, and the server had let go in time. */
    int vanished() {
        return vanished;
    }

    /** Goes on to the next state when it is time; called every second or so. */
    void step() throws IOException, InterruptedException {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - since);
        switch (state) {
            case RUNNING -> {
                if (elapsed.compareTo(RUNS) > 0) {
                    signal(wasStopped ? "-KILL" : "-STOP");
                    enter(wasStopped ? State.KILLED : State.STOPPED);
                }
            }
            case STOPPED -> {
                if (isLetGo(elapsed, limits.silence().plus(limits.heartbeat()).plus(MARGIN))) {
                    signal("-CONT");
                    wasStopped = true;
                    enter(State.RUNNING);
                }
            }
            case KILLED -> {
                if (isLetGo(elapsed, GONE_AFTER_KILL)) {
                    process = start();
                    wasStopped = false;
                    enter(State.RUNNING);
                }
            }
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private boolean isLetGo(Duration elapsed, Duration limit) throws IOException {
        int left = connections();
        if (left == 0) {
            vanished++;
            return true;
        }
        if (elapsed.compareTo(limit) > 0) {
            findings.wrong(
                    left + " connections of a process that was " + state.name().toLowerCase(Locale.ROOT)
                            + " are still established after " + elapsed.toSeconds() + " s");
        }
        return false;
    }

    private void enter(State next) {
        state = next;
        since = System.nanoTime();
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        server.getAddress().getHostAddress(),
                        Integer.toString(server.getPort()),
                        Long.toString(seeds.nextLong()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", name, Long.toString(process.pid())).start();
        if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            findings.wrong("kill " + name + " failed");
        }
    }

    /** The server's ends of this process's connections, as the kernel lists them. */
    private int connections() throws IOException {
        int count = 0;
        String port = String.format(":%04X", server.getPort());
        // An address in the order of a little-endian machine's memory: 127.200.x.y is yyxxC87F.
        String network = String.format("%02X7F:", Victim.NETWORK);
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            if (!Files.exists(Path.of(table))) {
                continue; // a kernel without IPv6
            }
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] fields = line.strip().split("\\s+");
                if (fields[1].endsWith(port) && fields[2].contains(network) && fields[3].equals(ESTABLISHED)) {
                    count++;
                }
            }
        }
        return count;
    }
}
