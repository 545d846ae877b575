package io.edgewire.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of ours, or a foreign one, whose output is read line by line; ended with the test if it still runs. */
public final class ChildProcess implements AutoCloseable {
    /** Generous: a machine that is busy with other builds takes seconds to start a virtual machine. */
    public static final int LIMIT_SECONDS = 30;

    private static final String TERMINAL = """
            import os, pty, signal, sys

            steps = int(sys.argv[1])
            dialogue, command = sys.argv[2:2 + steps], sys.argv[2 + steps:]
            pid, terminal = pty.fork()
            if pid == 0:
                signal.signal(signal.SIGINT, signal.SIG_DFL)
                os.execv(command[0], command)
            printed = b""
            while True:
                try:
                    some = os.read(terminal, 4096)
                except OSError:  # the other side is closed
                    break
                if not some:
                    break
                sys.stdout.buffer.write(some)
                sys.stdout.buffer.flush()
                printed += some
                if dialogue and dialogue[0].encode() in printed:
                    os.write(terminal, dialogue[1].encode())
                    dialogue, printed = dialogue[2:], b""
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            """;

    private static final String RUNNING = "TCP server running on ";

    private final Process process;
    private final Lines out;
    private final Lines err;

    private ChildProcess(ProcessBuilder builder) throws IOException {
        process = builder.start();
        out = new Lines(process.getInputStream(), "out");
        err = new Lines(process.getErrorStream(), "err");
    }

    /** A main class of this build's own classes. */
    public static ChildProcess java(Class<?> main, Map<String, String> environment, String... args) throws IOException {
        return java(main, "128m", environment, args);
    }

    /** The same with a heap of the given size, as in {@code -Xmx}. */
    public static ChildProcess java(Class<?> main, String heap, Map<String, String> environment, String... args)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(javaCommand(main, heap, args));
        builder.environment().remove("EDGEWIRE_WIFI_PASSWORD");
        builder.environment().putAll(environment);
        return new ChildProcess(builder);
    }

    /** The command that starts it, for whoever puts something before it. */
    public static List<String> javaCommand(Class<?> main, String heap, String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx" + heap,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(args));
        return command;
    }

    /**
     * A main class of this build's own classes at a terminal, which Python makes; what it prints there is the output.
     *
     * @param dialogue in turn, a text to wait for and what is then typed
     */
    public static ChildProcess atTerminal(List<String> dialogue, Class<?> main, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of("python3", "-c", TERMINAL, Integer.toString(dialogue.size())));
        command.addAll(dialogue);
        command.addAll(javaCommand(main, "128m", args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("EDGEWIRE_WIFI_PASSWORD");
        return new ChildProcess(builder);
    }

    /** Any program. */
    public static ChildProcess program(String... command) throws IOException {
        return new ChildProcess(new ProcessBuilder(command));
    }

    /** Whether SIGINT is ignored here, as a shell does for what it runs in the background; children inherit that. */
    public static boolean ignoresCtrlC() throws IOException {
        Path status = Path.of("/proc/self/status"); // proc(5): SigIgn is a mask, SIGINT its second bit
        if (!Files.exists(status)) {
            return false;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("SigIgn:")) {
                return (Long.parseUnsignedLong(
                                        line.substring("SigIgn:".length()).strip(), 16)
                                & 2)
                        != 0;
            }
        }
        return false;
    }

    /** The port that the server tells, once it does. */
    public int port() {
        String line = out.await(RUNNING, 1);
        return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    }

    /** The first line of the standard output that has this in it, once it is there. */
    public String awaitOut(String part) {
        return out.await(part, 1);
    }

    /** The line that has this in it for the given time, counted from 1. */
    public String awaitOut(String part, int time) {
        return out.await(part, time);
    }

    /** The first one, of something that takes longer than half a minute by its nature. */
    public String awaitOut(String part, Duration limit) {
        return out.await(part, 1, limit);
    }

    /** The same on the standard error. */
    public String awaitErr(String part) {
        return err.await(part, 1);
    }

    /** The line of the standard error that has this in it for the given time, counted from 1. */
    public String awaitErr(String part, int time) {
        return err.await(part, time);
    }

    /** The time that processors have spent on it. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    public long pid() {
        return process.pid();
    }

    public OutputStream input() {
        return process.getOutputStream();
    }

    /** SIGTERM. Not by {@link Process#destroy}, which would close the streams that are still to be read. */
    public void terminate() throws IOException, InterruptedException {
        signal("-TERM");
    }

    /** SIGINT, which a terminal sends for Ctrl-C. */
    public void interrupt() throws IOException, InterruptedException {
        signal("-INT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", name, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(code).as("kill %s; %s", name, this).isZero();
    }

    public int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                .as("the process ended; %s", this)
                .isTrue();
        out.awaitEnd();
        err.awaitEnd();
        return process.exitValue();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public List<String> out() {
        return out.all();
    }

    public List<String> err() {
        return err.all();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        return "out: " + out() + ", err: " + err();
    }

    /** Reads one stream to its end, always as UTF-8. */
    private static final class Lines implements Runnable {
        private final InputStream stream;
        private final List<String> lines = new ArrayList<>();
        private boolean ended;

        Lines(InputStream stream, String name) {
            this.stream = stream;
            Thread thread = new Thread(this, "child-" + name);
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void run() {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    add(line);
                }
            } catch (IOException e) {
                // The test has ended the process, and with it this stream.
                return;
            } finally {
                end();
            }
        }

        private synchronized void add(String line) {
            lines.add(line);
            notifyAll();
        }

        private synchronized void end() {
            ended = true;
            notifyAll();
        }

        String await(String part, int time) {
            return await(part, time, Duration.ofSeconds(LIMIT_SECONDS));
        }

        synchronized String await(String part, int time, Duration within) {
            long limit = System.nanoTime() + within.toNanos();
            while (true) {
                int times = 0;
                for (String line : lines) {
                    if (line.contains(part) && ++times == time) {
                        return line;
                    }
                }
                assertThat(!ended && System.nanoTime() - limit < 0)
                        .as("'%s' is printed; printed was %s", part, lines)
                        .isTrue();
                waitFor(limit);
            }
        }

        synchronized void awaitEnd() {
            long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            while (!ended && System.nanoTime() - limit < 0) {
                waitFor(limit);
            }
        }

        private void waitFor(long limit) {
            try {
                wait(Math.max(1, (limit - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        synchronized List<String> all() {
            return List.copyOf(lines);
        }
    }
}
