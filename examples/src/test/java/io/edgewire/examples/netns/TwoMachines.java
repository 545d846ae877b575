package io.edgewire.examples.netns;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.examples.ChildProcess;
import io.edgewire.examples.Programs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The server's machine and the clients': two network namespaces with two wires (veth) between them. The first is the one
 * that faults happen to.
 *
 * <pre>
 *   server                     clients
 *   wire0 10.77.0.1 ────────── 10.77.0.2 wire0
 *   wire1 10.77.1.1 ────────── 10.77.1.2 wire1
 * </pre>
 */
final class TwoMachines implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final boolean POSSIBLE = probe();

    private final String name = "edgewire-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    private final String server = name + "-server";
    private final String clients = name + "-clients";

    static boolean possible() {
        return POSSIBLE;
    }

    TwoMachines() throws IOException, InterruptedException {
        try {
            for (String machine : List.of(server, clients)) {
                run("ip", "netns", "add", machine);
                run("ip", "-n", machine, "link", "set", "lo", "up");
            }
            for (int i = 0; i < 2; i++) {
                String wire = "wire" + i;
                run("ip", "link", "add", wire, "netns", server, "type", "veth", "peer", wire, "netns", clients);
                plug(server, wire, "10.77." + i + ".1/24");
                plug(clients, wire, "10.77." + i + ".2/24");
            }
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private static void plug(String machine, String wire, String address) throws IOException, InterruptedException {
        run("ip", "-n", machine, "address", "add", address, "dev", wire);
        run("ip", "-n", machine, "link", "set", wire, "up");
    }

    /** Runs a command on the server's machine, to its end. */
    void onServer(String... command) throws IOException, InterruptedException {
        run(in(server, List.of(command)));
    }

    /** Runs a command on the clients' machine, to its end. */
    void onClients(String... command) throws IOException, InterruptedException {
        run(in(clients, List.of(command)));
    }

    /** What a command prints on the server's machine. */
    List<String> readOnServer(String... command) throws IOException, InterruptedException {
        return run(in(server, List.of(command)));
    }

    ChildProcess startServer(List<String> command) throws IOException {
        return ChildProcess.program(in(server, command));
    }

    ChildProcess startClient(String... command) throws IOException {
        return ChildProcess.program(in(clients, List.of(command)));
    }

    /** With a namespace go its wires and filters. */
    @Override
    public void close() throws IOException {
        for (String machine : List.of(server, clients)) {
            // Also where it was never made: the other must go all the same.
            new ProcessBuilder("ip", "netns", "delete", machine).start();
        }
    }

    private static String[] in(String machine, List<String> command) {
        return Stream.concat(Stream.of("ip", "netns", "exec", machine), command.stream())
                .toArray(String[]::new);
    }

    private static List<String> run(String... command) throws IOException, InterruptedException {
        try (ChildProcess process = ChildProcess.program(command)) {
            assertThat(process.awaitExit())
                    .as("%s; %s", String.join(" ", command), process)
                    .isZero();
            return process.out();
        }
    }

    private static boolean probe() {
        List<String> programs = new ArrayList<>(List.of("ip", "nft", "tc", "ss", "nc", "socat", "python3", "node"));
        if (!programs.stream().allMatch(Programs::isInstalled)) {
            return false;
        }
        try (TwoMachines machines = new TwoMachines()) {
            return !machines.server.isEmpty();
        } catch (IOException | AssertionError e) {
            // Not root, or a container that may not: what the tests say of themselves when they are skipped.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
