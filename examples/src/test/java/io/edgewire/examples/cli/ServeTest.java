package io.edgewire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgewire.api.StopOutcome;
import io.edgewire.examples.ChildProcess;
import io.edgewire.examples.TestClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code edgewire serve} from start to signal: as a process, where that is what is tested. */
class ServeTest {
    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void itJoinsListensEchoesAndTellsWhatHappens(String transport) throws Exception {
        try (ChildProcess server = Cli.serve("--transport", transport)) {
            int port = server.port();
            try (TestClient client = new TestClient(port)) {
                assertThat(client.read(7)).isEqualTo("Hello!\n");
                client.send("abc");
                assertThat(client.read(9)).isEqualTo("recv: abc");
                client.send("the end");
                assertThat(client.readToEnd()).isEqualTo("recv: the end");
            }
            server.awaitOut("Client disconnected");
            server.terminate();
            assertThat(server.awaitExit()).isZero();
            assertThat(server.out().subList(0, 4))
                    .containsExactly(
                            "Joining any network on sim ...",
                            "Joined any network, waiting for an address ...",
                            "Address 127.0.0.1 on sim",
                            "TCP server running on 127.0.0.1:" + port);
            assertThat(server.out().get(4)).matches("Client connected: 127\\.0\\.0\\.1:\\d+ \\(#1\\)");
            assertThat(server.out().subList(5, 7)).containsExactly("#1: abc", "#1: the end");
            assertThat(server.out().get(7))
                    .matches("Client disconnected: .* \\(#1, LOCAL, 10 bytes in, 29 out, \\d+\\.\\d s\\)");
            assertThat(server.err()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void sigtermDrainsWithoutLosingAByteAndExitsWithZero(String transport) throws Exception {
        try (ChildProcess server = Cli.serve("--transport", transport, "--show", "off")) {
            List<TestClient> clients = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                TestClient client = new TestClient(server.port());
                assertThat(client.read(7)).isEqualTo("Hello!\n");
                client.send("last words of " + i);
                clients.add(client);
            }
            server.terminate();
            for (int i = 0; i < 10; i++) {
                assertThat(clients.get(i).readToEnd()).isEqualTo("recv: last words of " + i);
                clients.get(i).close();
            }
            assertThat(server.awaitExit()).isZero();
            assertThat(server.out()).contains("Stopped: drained");
        }
    }

    @Test
    void ctrlCDrainsAsWell() throws Exception {
        assumeFalse(ChildProcess.ignoresCtrlC(), "this build ignores SIGINT, and so do its children");
        try (ChildProcess server = Cli.serve()) {
            server.port();
            server.interrupt();
            assertThat(server.awaitExit()).isZero();
        }
    }

    @Test
    void aSignalBeforeTheNetworkIsJoinedEndsItInOrder() throws Exception {
        try (ChildProcess server = Cli.serve("--set", "edgewire.device.sim.latency.join=60s")) {
            server.awaitOut("Joining");
            server.terminate();
            assertThat(server.awaitExit()).isZero();
            assertThat(server.err()).isEmpty();
        }
    }

    @Test
    void whereTheGraceRunsOutItExitsWithOne() throws Exception {
        try (ChildProcess server = Cli.serve("--set", "edgewire.server.drain-timeout=200ms");
                TestClient client = new TestClient(server.port())) {
            client.read(7);
            // It answers the server's FIN with none of its own.
            server.terminate();
            assertThat(server.awaitExit()).isEqualTo(1);
            assertThat(server.out()).contains("Stopped: forced");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void aSecondSignalForces(String transport) throws Exception {
        try (ChildProcess server = Cli.serve(
                        "--transport",
                        transport,
                        "--set",
                        "edgewire.server.drain-timeout=10m",
                        "--set",
                        "edgewire.connection.close-timeout=10m");
                TestClient client = new TestClient(server.port())) {
            client.read(7);
            server.terminate();
            server.awaitOut("Stopping: 1 connection may take 600.0 s to end");
            server.terminate();
            assertThat(server.awaitExit()).isEqualTo(1);
        }
    }

    @Test
    void quietSaysOnlyWhereItRuns() throws Exception {
        try (ChildProcess server = Cli.serve("--quiet")) {
            int port = server.port();
            try (TestClient client = new TestClient(port)) {
                client.send("the end");
                client.readToEnd();
            }
            server.terminate();
            assertThat(server.awaitExit()).isZero();
            assertThat(server.out()).containsExactly("TCP server running on 127.0.0.1:" + port);
        }
    }

    @Test
    void aClientCannotPlayWithTheTerminal() throws Exception {
        try (ChildProcess server = Cli.serve();
                TestClient client = new TestClient(server.port())) {
            client.send("\u001b[2J\u0007你好\r\n\u202e");
            assertThat(server.awaitOut("#1: ")).isEqualTo("#1: \\x1b[2J\\x07你好\\r\\n\\u{202e}");
        }
    }

    @Test
    void whatClientsSendCanBeShownAsDigits() throws Exception {
        try (ChildProcess server = Cli.serve("--show", "hex");
                TestClient client = new TestClient(server.port())) {
            client.send("ab\n");
            assertThat(server.awaitOut("#1: ")).isEqualTo("#1: 61 62 0a");
        }
    }

    @Test
    void anIpv6AddressStandsInBrackets() throws Exception {
        assumeTrue(hasIpv6Loopback(), "this machine has no ::1");
        try (ChildProcess server = Cli.serve("--host", "::1")) {
            int port = server.port();
            assertThat(server.awaitOut("running")).isEqualTo("TCP server running on [::1]:" + port);
            try (TestClient client = new TestClient("::1", port)) {
                assertThat(client.read(7)).isEqualTo("Hello!\n");
            }
        }
    }

    @Test
    void aHundredClientsAreServedSideBySide() throws Exception {
        try (ServerHere server = ServerHere.serve("--set", "edgewire.protocol.echo.greeting=#%d ")) {
            List<TestClient> clients = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                clients.add(new TestClient(server.port()));
            }
            for (int round = 0; round < 3; round++) {
                for (TestClient client : clients) {
                    client.send("x");
                }
            }
            for (TestClient client : clients) {
                client.send("end");
                String all = client.readToEnd();
                assertThat(all).matches("#\\d+ (recv: [xend]+)+");
                assertThat(all.replaceAll("#\\d+ |recv: ", "")).isEqualTo("xxxend");
                client.close();
            }
            assertThat(server.drain()).isNotEqualTo(StopOutcome.FORCED);
        }
    }

    @Test
    void theHeartbeatAsksOverTheWire() throws Exception {
        try (ServerHere server = ServerHere.serve(
                        "--protocol",
                        "heartbeat",
                        "--set",
                        "edgewire.protocol.heartbeat.interval=100ms",
                        "--set",
                        "edgewire.protocol.heartbeat.max-missed=2");
                TestClient client = new TestClient(server.port())) {
            assertThat(client.read(12)).isEqualTo("Hello!\nPING\n");
            client.send("PONG\nhi");
            assertThat(client.read(8)).isEqualTo("recv: hi");
            assertThat(client.read(10)).isEqualTo("PING\nPING\n");
            assertThat(server.await("Client disconnected")).contains("HEARTBEAT_LOST");
        }
    }

    private static boolean hasIpv6Loopback() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
