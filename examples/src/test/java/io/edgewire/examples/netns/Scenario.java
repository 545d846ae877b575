package io.edgewire.examples.netns;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.examples.ChildProcess;
import io.edgewire.examples.cli.EdgewireMain;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code edgewire serve} under one fault. The victim comes over the first wire; others, a new connection ten times a
 * second, over the second. What the server noticed is read from what it prints.
 */
final class Scenario implements AutoCloseable {
    /** The server for who comes over the first wire. */
    static final String SERVER = "10.77.0.1";

    static final String PORT = "8080";

    /** What a busy machine may take beyond what is promised. */
    static final Duration SLACK = Duration.ofSeconds(5);

    /** Until a process has come up: many do at the same time. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String VICTIM = "10.77.0.2:";
    /** Ten times a second a new client: is it greeted and answered, and after how many milliseconds? */
    private static final String OTHERS = """
            import socket, sys, time
            while True:
                began = time.monotonic()
                with socket.create_connection(('10.77.1.1', 8080), 20) as s:
                    s.sendall(b'hi')
                    data = b''
                    while b'hi' not in data:
                        more = s.recv(4096)
                        if not more: sys.exit('ended before the answer')
                        data += more
                print(round((time.monotonic() - began) * 1000), flush=True)
                time.sleep(0.1)
            """;

    private static final Pattern SOCKET = Pattern.compile("^ESTAB +(?<unread>\\d+) +(?<unacked>\\d+) .*"
            + " bytes_acked:(?<acked>\\d+) bytes_received:(?<received>\\d+) ");

    private final TwoMachines machines = new TwoMachines();
    private final List<ChildProcess> processes = new ArrayList<>();
    private final ChildProcess server;
    private final String transport;

    private @Nullable ChildProcess others;
    private int servedBefore;
    private long faultAt;
    private String fault = "";

    /** A step that makes the fault. */
    interface Step {
        void on(TwoMachines machines) throws Exception;
    }

    private Scenario(String transport, List<String> options) throws IOException, InterruptedException {
        this.transport = transport;
        List<String> args = new ArrayList<>(List.of("serve", "--transport", transport, "--port", PORT));
        args.addAll(List.of("--show", "off", "--device", "host", "--set", "edgewire.device.poll-interval=100ms"));
        args.addAll(options);
        try {
            server = start(machines.startServer(
                    ChildProcess.javaCommand(EdgewireMain.class, "64m", args.toArray(new String[0]))));
            server.awaitOut("TCP server running on ", PATIENCE);
        } catch (IOException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** A server on both wires; the second is its station's, which knows nothing of what happens on the first. */
    static Scenario onBothWires(String transport, String... options) throws IOException, InterruptedException {
        return serve(transport, "any", "wire1", options).withOthers();
    }

    /** A server on both wires; its station is on the first. */
    static Scenario onBothWiresOfTheFirst(String transport, String... options)
            throws IOException, InterruptedException {
        return serve(transport, "any", "wire0", options).withOthers();
    }

    /** A server on its station's address alone, on the first wire; nobody comes over the second. */
    static Scenario onTheStationsAddress(String transport, String... options) throws IOException, InterruptedException {
        return serve(transport, "station", "wire0", options);
    }

    private static Scenario serve(String transport, String host, String station, String... options)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--host", host));
        all.addAll(List.of("--set", "edgewire.device.host.interface=" + station));
        for (String option : options) {
            all.addAll(List.of("--set", option));
        }
        return new Scenario(transport, all);
    }

    private Scenario withOthers() throws IOException {
        others = start(machines.startClient("python3", "-c", OTHERS));
        others.awaitOut("", PATIENCE);
        return this;
    }

    /** A program on the clients' machine. */
    ChildProcess client(String... command) throws IOException {
        return start(machines.startClient(command));
    }

    ChildProcess server() {
        return server;
    }

    TwoMachines machines() {
        return machines;
    }

    /** What the server's kernel knows of the victim's connection, in one line. */
    String socket() throws IOException, InterruptedException {
        return String.join(" ", machines.readOnServer("ss", "-Htnoi", "dst", VICTIM.replace(":", "")));
    }

    /** Waits until an echo that adds nothing has a lot in its own queue. */
    void awaitQueue() throws IOException, InterruptedException {
        long limit = System.nanoTime()
                + Duration.ofSeconds(ChildProcess.LIMIT_SECONDS).toNanos();
        while (queued() < 100_000) {
            assertThat(System.nanoTime() - limit).as("the queue fills").isNegative();
        }
    }

    /** What the server has read, less what its kernel was given. */
    private long queued() throws IOException, InterruptedException {
        Matcher socket = SOCKET.matcher(socket());
        if (!socket.find()) {
            return 0;
        }
        long read = Long.parseLong(socket.group("received")) - Long.parseLong(socket.group("unread"));
        return read - Long.parseLong(socket.group("acked")) - Long.parseLong(socket.group("unacked"));
    }

    /** The clock runs from the end of the last step. */
    void fault(String name, Step step) throws Exception {
        fault = name;
        step.on(machines);
        servedBefore = others == null ? 0 : others.out().size();
        faultAt = System.nanoTime();
    }

    /** The server ends the victim's connection, for this reason and in this time. */
    void expect(CloseReason reason, String promise, Duration limit) {
        String line = server.awaitOut(
                "Client disconnected: " + VICTIM, limit.plus(SLACK).plus(SLACK));
        Duration seen = sinceTheFault();
        assertThat(line).contains(", " + reason + ",");
        assertThat(seen).as("%s; %s", fault, line).isLessThan(limit.plus(SLACK));
        tell(reason + " " + promise, reason + " after " + seconds(seen), seen);
    }

    /** Something that a fault must not prevent has happened. */
    void expect(String promise, String seen) {
        Duration took = sinceTheFault();
        tell(promise, seen + " after " + seconds(took), took);
    }

    private Duration sinceTheFault() {
        return Duration.ofNanos(System.nanoTime() - faultAt);
    }

    private void tell(String promise, String seen, Duration took) {
        Figures.add(fault, transport, promise, seen, others == null ? "nobody" : othersWereServed(others, took));
    }

    /** The round of the fault itself and, where it lasted, one that began after it. */
    private String othersWereServed(ChildProcess all, Duration during) {
        int rounds = all.out().size() - servedBefore;
        if (during.compareTo(Duration.ofSeconds(1)) > 0) {
            assertThat(rounds).as("served during %s; %s", fault, all).isGreaterThanOrEqualTo(2);
        }
        all.awaitOut("", servedBefore + 2);
        List<String> served = all.out();
        int slowest = served.stream()
                .skip(servedBefore)
                .mapToInt(Integer::parseInt)
                .max()
                .orElseThrow();
        assertThat(Duration.ofMillis(slowest)).as("slowest of others").isLessThan(SLACK);
        return served.size() - servedBefore + " served, the slowest in " + slowest + " ms";
    }

    private ChildProcess start(ChildProcess process) {
        processes.add(process);
        return process;
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    @Override
    public void close() throws IOException {
        processes.forEach(ChildProcess::close);
        machines.close();
    }
}
