package io.edgewire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.examples.ChildProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@link StubbornServer} on a terminal that is paused once it runs: both its outputs go into one pipe nobody reads. */
final class PausedServer implements AutoCloseable {
    private static final String RUNNING = "TCP server running on 127.0.0.1:";
    /** A pipe of Linux holds 64 KiB, less where a write leaves a page half empty. */
    private static final int FULL = 32 * 1024;

    private final Process process;
    private final InputStream terminal;
    private final int port;

    PausedServer(String... options) throws IOException {
        List<String> args = new ArrayList<>(List.of("--port", "0"));
        args.addAll(List.of(options));
        process = new ProcessBuilder(
                        ChildProcess.javaCommand(StubbornServer.class, "128m", args.toArray(new String[0])))
                .redirectErrorStream(true)
                .start();
        terminal = process.getInputStream();
        BufferedReader lines = new BufferedReader(new InputStreamReader(terminal, StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !line.startsWith(RUNNING)) {
            line = lines.readLine();
        }
        assertThat(line).as("where it runs").isNotNull();
        port = Integer.parseInt(line.substring(RUNNING.length()));
    }

    int port() {
        return port;
    }

    /** Waits until so much was printed that whoever prints more has to wait. */
    void awaitFull() throws IOException {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(ChildProcess.LIMIT_SECONDS);
        while (terminal.available() < FULL) {
            assertThat(System.nanoTime() - limit)
                    .as("%s bytes stand in the pipe", terminal.available())
                    .isNegative();
            Thread.onSpinWait();
        }
    }

    void terminate() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-TERM", Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    int awaitExit(Duration limit) throws InterruptedException {
        assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                .as("it ends")
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
