package io.edgewire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgewire.examples.ChildProcess;
import io.edgewire.examples.Programs;
import io.edgewire.examples.TestClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGTERM to a server that has work to do, or parts that do not want to end. Every way out has a bound. */
@Tag("heavy")
class ShutdownTest {
    /** What a busy machine may take beyond the bound. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    /**
     * Eight connections that send and read without a pause, at most 16 KiB ahead of the echo, so that what was sent has
     * arrived. Notes on a line of input how much that is; what comes back must be at least as much, and all of it right.
     */
    private static final String TALKERS = """
            import socket, sys, threading
            BLOCK = bytes(range(256)) * 4
            class Talker(threading.Thread):
                def __init__(self):
                    super().__init__(daemon=True)
                    self.socket = socket.create_connection(('127.0.0.1', int(sys.argv[1])), 20)
                    self.socket.settimeout(None)
                    self.sent = self.got = self.noted = 0
                    self.wrong = self.ended = False
                    self.turn = threading.Condition()
                def run(self):
                    threading.Thread(target=self.send, daemon=True).start()
                    while True:
                        data = self.socket.recv(65536)
                        if not data:
                            self.ended = True
                            break
                        start = self.got % len(BLOCK)
                        whole = BLOCK * (len(data) // len(BLOCK) + 2)
                        self.wrong |= data != whole[start:start + len(data)]
                        with self.turn:
                            self.got += len(data)
                            self.turn.notify_all()
                    self.socket.close()
                def send(self):
                    try:
                        while True:
                            with self.turn:
                                self.turn.wait_for(lambda: self.sent - self.got < 16 * 1024)
                            self.socket.sendall(BLOCK)
                            self.sent += len(BLOCK)
                    except OSError:
                        return
            talkers = [Talker() for _ in range(8)]
            for t in talkers: t.start()
            for t in talkers:
                with t.turn: t.turn.wait_for(lambda: t.got > 1 << 17, 20)
            print('talking', flush=True)
            sys.stdin.readline()
            for t in talkers: t.noted = t.sent
            print('noted', flush=True)
            for t in talkers: t.join(20)
            for t in talkers:
                if t.wrong or not t.ended or t.got < t.noted: sys.exit('%d noted, %d came back' % (t.noted, t.got))
            print('verified', sum(t.got for t in talkers), flush=True)
            """;

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void underLiveTrafficNothingThatHadArrivedIsLost(String transport) throws Exception {
        assumeTrue(Programs.isInstalled("python3"), "python3 is not installed: install it to run this test");
        List<String> options = new ArrayList<>(List.of("--transport", transport, "--show", "off"));
        for (String text : List.of("greeting", "prefix", "end")) {
            options.addAll(List.of("--set", "edgewire.protocol.echo." + text + "="));
        }
        try (ChildProcess server = Cli.serve(options.toArray(new String[0]));
                ChildProcess talkers = ChildProcess.program("python3", "-c", TALKERS, "" + server.port())) {
            talkers.awaitOut("talking");
            talkers.input().write('\n');
            talkers.input().flush();
            talkers.awaitOut("noted");
            server.terminate();
            assertThat(talkers.awaitExit()).as("%s", talkers).isZero();
            assertThat(server.awaitExit()).as("%s", server).isZero();
            assertThat(server.out()).contains("Stopped: drained");
            assertThat(server.out().stream().filter(line -> line.contains(" not sent")))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void aProtocolThatSaysGoodbyeIsHeard(String transport) throws Exception {
        try (ChildProcess server = stubborn(transport, "--protocol", "farewell")) {
            try (TestClient client = new TestClient(server.port())) {
                client.send("x".repeat(20_000));
                server.awaitOut("Client connected");
                server.terminate();
                assertThat(client.readToEnd()).isEqualTo("Goodbye, I have heard 20000 bytes\n");
            }
            assertThat(server.awaitExit()).as("%s", server).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void aHandlerThatNeverReturnsIsLeftBehind(String transport) throws Exception {
        String limit = "edgewire.transport." + transport + ".shutdown-limit=500ms";
        try (ChildProcess server = stubborn(
                        transport,
                        "--protocol",
                        "blocks",
                        "--set",
                        limit,
                        "--set",
                        "edgewire.server.drain-timeout=1s");
                TestClient client = new TestClient(server.port())) {
            assertThat(client.read(1)).isEqualTo("!");
            client.send("x");
            server.awaitOut("#1: x");
            // To drain, for handlers that block, and once more for the transport's own end.
            endsWith(1, server, Duration.ofMillis(2000));
            assertThat(server.out()).contains("Stopped: forced");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void aHandlerThatDoesNotCareIsCutOffAfterTheDrainTimeout(String transport) throws Exception {
        try (ChildProcess server =
                        stubborn(transport, "--protocol", "ignores", "--set", "edgewire.server.drain-timeout=1s");
                TestClient client = new TestClient(server.port())) {
            client.send("x");
            assertThat(client.read(1)).isEqualTo("x");
            endsWith(1, server, Duration.ofSeconds(1));
            assertThat(server.awaitOut("Client disconnected")).contains(", SHUTDOWN,");
        }
    }

    @ParameterizedTest
    @CsvSource({"nio, hangs-in-close", "bio, hangs-in-disconnect"})
    void aBoardThatHangsIsLeftAfterTwiceTheCallTimeout(String transport, String device) throws Exception {
        try (ChildProcess server = Cli.stubborn(
                "--transport",
                transport,
                "--device",
                device,
                "--set",
                "edgewire.device.call-timeout=300ms",
                "--set",
                "edgewire.device.lease-timeout=100ms")) {
            if (device.equals("hangs-in-close")) {
                server.port();
            } else {
                server.awaitErr("the device has not returned from DISCONNECT within");
            }
            endsWith(0, server, Duration.ofMillis(600));
            server.awaitErr("the device has not closed within");
        }
    }

    @ParameterizedTest
    @CsvSource({"nio, blocks, sim", "bio, blocks, sim", "nio, echo, hangs-in-close", "bio, echo, hangs-in-close"})
    void aSecondSignalEndsItWhateverHangs(String transport, String protocol, String device) throws Exception {
        List<String> options = new ArrayList<>(List.of("--protocol", protocol, "--device", device));
        for (String limit : List.of(
                "transport." + transport + ".shutdown-limit",
                "server.drain-timeout",
                "server.leave-timeout",
                "device.call-timeout")) {
            options.addAll(List.of("--set", "edgewire." + limit + "=10m"));
        }
        try (ChildProcess server = stubborn(transport, options.toArray(new String[0]));
                TestClient client = new TestClient(server.port())) {
            client.read(1);
            client.send("x");
            server.awaitOut("#1: x");
            server.terminate();
            server.awaitOut("Stopping:");
            endsWith(1, server, Duration.ofSeconds(3));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void aPausedTerminalHoldsUpNeitherTheClientsNorTheEnd(String transport) throws Exception {
        try (PausedServer server = new PausedServer("--transport", transport)) {
            try (TestClient client = new TestClient(server.port())) {
                client.read(7);
                for (int i = 0; i < 80; i++) {
                    client.send("\0".repeat(1000)); // each of them shown as four characters
                    client.read(6 + 1000);
                }
                server.awaitFull();
                client.send("still served, to the end");
                assertThat(client.readToEnd()).isEqualTo("recv: still served, to the end");
            }
            server.terminate();
            assertThat(server.awaitExit(SLACK)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void aLogThatCannotBeWrittenHoldsUpNeitherTheClientsNorTheEnd(String transport) throws Exception {
        try (PausedServer server = new PausedServer("--transport", transport, "--protocol", "throws")) {
            for (int i = 0; i < 40; i++) {
                try (TestClient client = new TestClient(server.port())) {
                    client.send("x");
                    assertThat(client.isReset()).isTrue();
                }
            }
            server.awaitFull();
            server.terminate();
            assertThat(server.awaitExit(SLACK)).isZero();
        }
    }

    /** SIGTERM, and then this code within this time. */
    private static void endsWith(int code, ChildProcess server, Duration bound) throws Exception {
        long start = System.nanoTime();
        server.terminate();
        assertThat(server.awaitExit()).as("%s", server).isEqualTo(code);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(bound.plus(SLACK));
    }

    private static ChildProcess stubborn(String transport, String... options) throws IOException {
        List<String> args = new ArrayList<>(List.of("--transport", transport));
        args.addAll(List.of(options));
        return Cli.stubborn(args.toArray(new String[0]));
    }
}
