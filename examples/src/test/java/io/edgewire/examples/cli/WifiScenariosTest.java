package io.edgewire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewire.examples.ChildProcess;
import io.edgewire.examples.TestClient;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network's moods, simulated, as whoever runs {@code edgewire serve} sees them. */
class WifiScenariosTest {
    private static final String KEY = "a 'secret' \"with\" spaces";

    @TempDir
    private Path folder;

    @Test
    void aChineseNetworkAndAKeyWithSpacesAndQuotesAreJoinedUnderThePlainCLocale() throws Exception {
        Path key = Files.writeString(folder.resolve("key"), KEY + "\n");
        try (ChildProcess server =
                serve(Map.of("LC_ALL", "C"), network("你好"), "--ssid", "你好", "--password-file", key.toString())) {
            server.port();
            server.terminate();
            assertThat(server.awaitExit()).isZero();
            assertThat(server.out()).contains("Joining 你好 on sim ...", "Joined 你好, waiting for an address ...");
            assertThat(server + "").doesNotContain("secret");
        }
    }

    @Test
    void theKeyMayComeFromTheEnvironment() throws Exception {
        Map<String, String> environment = Map.of("LC_ALL", "C", "EDGEWIRE_WIFI_PASSWORD", KEY);
        try (ChildProcess server = serve(environment, network("Workshop"), "--ssid", "Workshop")) {
            server.port();
        }
    }

    @Test
    void aWrongKeyEndsItWithASentence() throws Exception {
        Map<String, String> environment = Map.of("EDGEWIRE_WIFI_PASSWORD", "not the secret");
        try (ChildProcess server = serve(environment, network("Workshop"), "--ssid", "Workshop")) {
            assertThat(server.awaitExit()).isEqualTo(1);
            assertThat(server.err()).contains("Cannot join Workshop: wrong key");
            assertThat(server.err())
                    .anyMatch(line -> line.startsWith("edgewire: ") && line.contains("check the password"));
            assertThat(server + "").doesNotContain("the secret").doesNotContain("\tat ");
        }
    }

    @Test
    void aNetworkThatIsNotThereIsLookedForAgainAndAgain() throws Exception {
        try (ChildProcess server = serve(
                Map.of(),
                network("Workshop"),
                "--ssid",
                "Elsewhere",
                "--set",
                "edgewire.device.backoff.first=50ms",
                "--set",
                "edgewire.device.backoff.cap=50ms")) {
            server.awaitErr("Cannot join Elsewhere: not found; attempt 3 in");
            server.terminate();
            assertThat(server.awaitExit()).isZero();
        }
    }

    @Test
    void aLeaseThatNeverComesIsToldAndTriedAgain() throws Exception {
        Path file = Files.writeString(folder.resolve("edge.conf"), """
                edgewire.device {
                  lease-timeout = 100ms
                  backoff { first = 50ms, cap = 50ms }
                  sim.faults = [{ at = 0s, do = stop-dhcp }]
                }
                """);
        try (ChildProcess server = serve(Map.of(), file)) {
            server.awaitErr("Cannot join any network: no lease; attempt 3 in");
            server.terminate();
            assertThat(server.awaitExit()).isZero();
        }
    }

    @Test
    void aLinkThatIsBackAtTheSameAddressInTimeCostsNoConnection() throws Exception {
        Path file = Files.writeString(folder.resolve("edge.conf"), """
                edgewire.device {
                  poll-interval = 50ms
                  backoff { first = 50ms, cap = 50ms }
                  sim.faults = [{ at = 1s, do = lose }, { at = 1500ms, do = return }]
                }
                """);
        try (ServerHere server = ServerHere.serve("--config", file.toString())) {
            try (TestClient client = new TestClient(server.port())) {
                assertThat(client.read(7)).isEqualTo("Hello!\n");
                server.await("Link lost on sim");
                server.await("Address 127.0.0.1 on sim", 2);
                client.send("still here");
                assertThat(client.read(16)).isEqualTo("recv: still here");
            }
        }
    }

    @Test
    void whenTheLinkComesBackElsewhereTheServerFollowsIt() throws Exception {
        Path file = Files.writeString(folder.resolve("edge.conf"), """
                edgewire {
                  server.link-grace = 100ms
                  device {
                    poll-interval = 50ms
                    backoff { first = 50ms, cap = 50ms }
                    sim.faults = [
                      { at = 2s, do = lose }
                      { at = 3s, do = return, address = "127.0.0.2/8" }
                    ]
                  }
                }
                """);
        try (ServerHere server = ServerHere.serve("--config", file.toString())) {
            int port = server.port();
            server.await("Link lost: stopped listening on 127.0.0.1:" + port);
            server.await("TCP server running on 127.0.0.2:" + port);
            assertThatThrownBy(() -> new TestClient(port)).isInstanceOf(ConnectException.class);
            try (TestClient client = new TestClient("127.0.0.2", port)) {
                assertThat(client.read(7)).isEqualTo("Hello!\n");
            }
        }
    }

    private Path network(String ssid) throws IOException {
        return Files.writeString(
                folder.resolve("edge.conf"),
                "edgewire.device.sim.access-points = [{ ssid = \"" + ssid + "\", password = \""
                        + KEY.replace("\"", "\\\"") + "\" }]\n");
    }

    private static ChildProcess serve(Map<String, String> environment, Path config, String... options)
            throws IOException {
        List<String> args = new ArrayList<>(List.of("--config", config.toString()));
        args.addAll(List.of(options));
        return Cli.run(environment, Cli.serveArgs(args.toArray(new String[0])));
    }
}
