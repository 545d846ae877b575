package io.edgewire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgewire.api.CloseReason;
import io.edgewire.api.ListenOptions;
import io.edgewire.api.Listener;
import io.edgewire.api.Transport;
import io.edgewire.testkit.Await;
import io.edgewire.testkit.Rule;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that is killed and restarted, over and over, under a client that sends numbered messages. */
class KilledServerTest {
    private static final int KILLS = 100;
    private static final Await PATIENT = Await.realTime(Duration.ofMinutes(1));

    /** Prints each number before it answers it, so that what it has is known whenever it dies. */
    private static final String PYTHON = """
            import socket, struct, sys
            listener = socket.socket()
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(('127.0.0.1', int(sys.argv[1])))
            listener.listen(5)
            print('listening', listener.getsockname()[1], flush=True)
            while True:
                peer, _ = listener.accept()
                data = b''
                while True:
                    more = peer.recv(4096)
                    if not more: break
                    data += more
                    while len(data) >= 4:
                        number, = struct.unpack('>i', data[:4])
                        data = data[4:]
                        print(number, flush=True)
                        peer.sendall(struct.pack('>i', number))
                peer.close()
            """;

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    @Rule("R-6")
    @Rule("R-7")
    void aHundredServersThatAreCutOffOneAfterAnotherLoseNothingInSilence(String kind) throws Exception {
        NumberServer numbers = new NumberServer();
        Random random = new Random(7);
        try (Transport servers = Numbers.transport(kind)) {
            Listener listener = servers.listen(
                    ListenOptions.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), numbers::newHandler);
            InetSocketAddress address = listener.address();
            try (Numbers client = new Numbers(kind, address)) {
                client.start();
                for (int kill = 1; kill <= KILLS; kill++) {
                    int more = numbers.received().size() + 1 + random.nextInt(30);
                    PATIENT.until(
                            "the server has some more", () -> numbers.received().size() >= more);
                    listener.abort(CloseReason.SHUTDOWN); // by RST, and what was read and not answered dies with it
                    listener = servers.listen(ListenOptions.on(address), numbers::newHandler);
                }
                client.stop();
                client.ledger.check(numbers.received(), client.events);
                assertThat(client.events.all()).hasSizeGreaterThanOrEqualTo(KILLS);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    @Rule("R-6")
    @Rule("R-7")
    void aFewRealProcessesThatAreKilledLoseNothingInSilence(String kind) throws Exception {
        killProcesses(kind, 3);
    }

    @Test
    @Tag("heavy")
    @Rule("R-6")
    @Rule("R-7")
    void aHundredRealProcessesThatAreKilledLoseNothingInSilence() throws Exception {
        killProcesses("nio", KILLS);
    }

    private static void killProcesses(String kind, int kills) throws Exception {
        assumeTrue(isInstalled("python3"), "python3 is not installed: install it to run this test");
        Random random = new Random(11);
        List<Integer> received = new ArrayList<>();
        ServerProcess server = new ServerProcess(0);
        int port = server.port;
        try (Numbers client = new Numbers(kind, new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            client.start();
            for (int kill = 1; kill <= kills; kill++) {
                received.addAll(server.takeThenKill(1 + random.nextInt(50)));
                server = new ServerProcess(port);
            }
            client.stop();
            received.addAll(server.takeThenKill(0));
            client.ledger.check(received, client.events);
            assertThat(client.events.all()).hasSizeGreaterThanOrEqualTo(kills);
        } finally {
            server.process.destroyForcibly();
        }
    }

    private static boolean isInstalled(String program) {
        for (String folder : System.getenv("PATH").split(Pattern.quote(File.pathSeparator))) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    private static final class ServerProcess {
        private final Process process;
        private final BufferedReader out;
        private final int port;

        ServerProcess(int wanted) throws IOException {
            process = new ProcessBuilder("python3", "-c", PYTHON, Integer.toString(wanted))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = out.readLine();
            assertThat(line).as("what the server says first").startsWith("listening ");
            port = Integer.parseInt(line.substring("listening ".length()));
        }

        /** Every number that it has, once it has so many, and SIGKILL: what it had written stays readable. */
        List<Integer> takeThenKill(int least) throws IOException {
            List<Integer> numbers = new ArrayList<>();
            while (numbers.size() < least) {
                numbers.add(Integer.parseInt(out.readLine()));
            }
            process.toHandle().destroyForcibly(); // the process itself would close the stream with what is in it
            out.lines().map(Integer::parseInt).forEach(numbers::add);
            return numbers;
        }
    }
}
