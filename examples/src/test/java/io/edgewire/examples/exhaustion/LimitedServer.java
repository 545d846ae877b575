package io.edgewire.examples.exhaustion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgewire.examples.ChildProcess;
import io.edgewire.examples.Programs;
import io.edgewire.examples.TestClient;
import io.edgewire.examples.cli.EdgewireMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** {@code edgewire serve} in a process that has little of something. */
final class LimitedServer implements AutoCloseable {
    private static final Pattern HEAP_USED = Pattern.compile("total \\d+K, used (\\d+)K");
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    private final ChildProcess process;

    private LimitedServer(ChildProcess process) {
        this.process = process;
    }

    /** With the given heap, as in {@code -Xmx}; an OutOfMemoryError ends it. */
    static LimitedServer withHeap(String heap, String... options) throws IOException {
        return start("exec \"$0\" \"$@\"", ClassPath.OWN, heap, options);
    }

    /**
     * Under limits that a shell sets.
     *
     * @param script ends with {@code exec "$0" "$@"}
     * @param classPath a process without descriptors cannot open a class file: {@link ClassPath#jars}
     */
    static LimitedServer start(String script, String classPath, String heap, String... options) throws IOException {
        assumeTrue(Programs.isInstalled("bash"), "bash is not installed: install it to run this test");
        assumeTrue(Programs.isInstalled("python3"), "python3 is not installed: install it to run this test");
        List<String> command = new ArrayList<>(List.of("bash", "-c", script));
        command.addAll(List.of(
                JAVA_HOME.resolve("bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xmx" + heap,
                "-cp",
                classPath,
                EdgewireMain.class.getName(),
                "serve",
                "--port",
                "0",
                "--show",
                "off"));
        command.addAll(List.of(options));
        return new LimitedServer(ChildProcess.program(command.toArray(new String[0])));
    }

    ChildProcess process() {
        return process;
    }

    int port() {
        Crowd.PATIENT.until(
                "the server runs",
                () -> !process.isAlive()
                        || process.out().stream().anyMatch(line -> line.startsWith("TCP server running on ")));
        return process.port();
    }

    /** Greeted and answered. */
    static void exchange(TestClient client, String greeting, String word) {
        String expected = greeting + "recv: " + word;
        try {
            client.send(word);
            assertThat(client.read(expected.length())).isEqualTo(expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One client that comes, is served and goes. */
    void serveOne() throws IOException {
        try (TestClient client = new TestClient(port())) {
            exchange(client, "Hello!\n", "ping");
        }
    }

    /** Runs {@code wait}, and fails if the process was busy meanwhile. */
    void assertRestsDuring(Runnable wait) {
        Duration before = process.cpu();
        long start = System.nanoTime();
        wait.run();
        Duration wall = Duration.ofNanos(System.nanoTime() - start);
        assertThat(process.cpu().minus(before)).isLessThan(wall.dividedBy(2).plusSeconds(1));
    }

    /** Collects until less than so many MiB of the heap are in use: connections take a moment to end. */
    void awaitHeapBelow(long mib) throws IOException, InterruptedException {
        long used = heapAfterCollection();
        for (int i = 0; i < 30 && used >= mib; i++) {
            used = heapAfterCollection();
        }
        assertThat(used).as("MiB of the heap after a collection").isLessThan(mib);
    }

    private long heapAfterCollection() throws IOException, InterruptedException {
        jcmd("GC.run");
        List<MatchResult> parts =
                HEAP_USED.matcher(jcmd("GC.heap_info")).results().toList();
        assertThat(parts).as("generations").hasSize(2);
        return parts.stream().mapToLong(part -> Long.parseLong(part.group(1))).sum() / 1024;
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        String tool = JAVA_HOME.resolve("bin/jcmd").toString();
        try (ChildProcess jcmd = ChildProcess.program(tool, Long.toString(process.pid()), command)) {
            assertThat(jcmd.awaitExit()).as("%s", jcmd).isZero();
            return String.join("\n", jcmd.out());
        }
    }

    /** Ends it in peace. */
    void drain() throws IOException, InterruptedException {
        process.terminate();
        assertThat(process.awaitExit()).as("%s", process).isZero();
    }

    @Override
    public void close() {
        process.close();
    }
}
