package io.edgewire.bench.soak;

import io.edgewire.examples.cli.EdgewireMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** {@code edgewire serve} in a virtual machine of its own, with a heap of 64 MiB, as {@code ./edgewire} starts it. */
final class ServerProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    /** Longer than the drain timeout that it has by default. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

    private static final String RUNNING = "TCP server running on ";
    private static final String LOST = "Link lost on ";
    private static final String SUSPENDED = "Link lost: stopped listening";

    private final Process process;
    private final Outages outages;
    private final Findings findings;
    private final CompletableFuture<InetSocketAddress> address = new CompletableFuture<>();

    private ServerProcess(Process process, Outages outages, Findings findings) {
        this.process = process;
        this.outages = outages;
        this.findings = findings;
    }

    /** Starts it and waits until it listens. */
    static ServerProcess start(
            String transport, Limits limits, Map<String, String> settings, Outages outages, Findings findings)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:NativeMemoryTracking=summary",
                // Otherwise three of four full collections leave some garbage where it lies.
                "-XX:MarkSweepAlwaysCompactCount=1",
                "-Dguice_bytecode_gen_option=DISABLED",
                "-cp",
                System.getProperty("java.class.path"),
                EdgewireMain.class.getName(),
                "serve",
                "--quiet",
                "--port=0",
                "--protocol=heartbeat",
                "--transport=" + transport));
        set(command, "edgewire.protocol.heartbeat.role", "both");
        set(command, "edgewire.protocol.heartbeat.interval", millis(limits.heartbeat()));
        set(command, "edgewire.connection.write-timeout", millis(limits.writeTimeout()));
        set(command, "edgewire.connection.max-per-address", Integer.toString(limits.perAddress()));
        settings.forEach((key, value) -> set(command, key, value));
        ServerProcess server = new ServerProcess(new ProcessBuilder(command).start(), outages, findings);
        server.follow(server.process.getInputStream(), server::told);
        server.follow(server.process.getErrorStream(), server::complained);
        server.awaitAddress();
        return server;
    }

    InetSocketAddress address() {
        return address.join();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends SIGTERM and waits for the end. Forced is fine where some were connected, hanging is not. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            findings.wrong("the server did not end within " + STOP_LIMIT.toSeconds() + " s of SIGTERM");
        } else if (process.exitValue() != 0) {
            findings.wrong("the server ended with code " + process.exitValue());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void awaitAddress() {
        try {
            address.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            close();
            throw new IllegalStateException("the server does not start", e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void told(String line) {
        if (line.startsWith(RUNNING)) {
            outages.end();
            String[] parts = line.substring(RUNNING.length()).split(":", 2);
            address.complete(new InetSocketAddress(parts[0], Integer.parseInt(parts[1])));
        }
    }

    /** Losses of the link and clients that were refused are expected. */
    private void complained(String line) {
        if (line.startsWith(SUSPENDED)) {
            outages.begin();
        } else if (line.startsWith(LOST)) {
            outages.linkLost();
        } else if (line.startsWith("ERROR") || line.startsWith("Exception") || line.startsWith("Cannot accept")) {
            findings.wrong("the server says: " + line);
        }
    }

    private void follow(InputStream stream, Consumer<String> each) {
        Thread thread = new Thread(() -> read(stream, each), "soak-server-output");
        thread.setDaemon(true);
        thread.start();
    }

    private void read(InputStream stream, Consumer<String> each) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                each.accept(line);
            }
        } catch (IOException e) {
            return; // the process was ended, and with it its output
        } finally {
            address.completeExceptionally(new IllegalStateException("it ended before it was running"));
        }
    }

    private static void set(List<String> command, String key, String value) {
        command.add("--set");
        command.add(key + "=" + value);
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + "ms";
    }
}
