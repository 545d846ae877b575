package io.edgewire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgewire.examples.ChildProcess;
import io.edgewire.examples.Programs;
import io.edgewire.examples.TestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What takes half a minute by its nature: run by {@code mvn verify -Pheavy}. */
@Tag("heavy")
class HeavyTest {
    /** Sends a GiB without reading for 30 s, then reads and compares every byte. */
    private static final String STALLER = """
            import socket, sys, threading, time
            BLOCK = bytes(range(256)) * 4096
            COUNT = 1024
            s = socket.create_connection(('127.0.0.1', int(sys.argv[1])), 60)
            s.settimeout(60)
            def send():
                for _ in range(COUNT): s.sendall(BLOCK)
                s.shutdown(socket.SHUT_WR)
            # Once the server stops reading, a send waits for as long as we stall.
            s.settimeout(None)
            threading.Thread(target=send, daemon=True).start()
            print('stalling', flush=True)
            time.sleep(30)
            print('reading', flush=True)
            total, buffer = 0, bytearray(1 << 20)
            expected = BLOCK + BLOCK
            while True:
                n = s.recv_into(buffer)
                if n == 0: break
                at = total % len(BLOCK)
                if buffer[:n] != expected[at:at + n]: sys.exit('differs after %d bytes' % total)
                total += n
            print('verified', total, flush=True)
            """;

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void aPeerThatSendsAGibibyteAndDoesNotReadForHalfAMinuteHarmsNobodyAndLosesNothing(String transport)
            throws Exception {
        assumeTrue(Programs.isInstalled("python3"), "python3 is not installed: install it to run this test");
        List<String> options = new ArrayList<>(List.of("--transport", transport, "--show", "off"));
        for (String text : List.of("greeting", "prefix", "end")) {
            options.addAll(List.of("--set", "edgewire.protocol.echo." + text + "="));
        }
        try (ChildProcess server = ChildProcess.java(
                        EdgewireMain.class, "64m", Map.of(), Cli.serveArgs(options.toArray(new String[0])));
                ChildProcess staller = ChildProcess.program("python3", "-c", STALLER, "" + server.port())) {
            staller.awaitOut("stalling");
            int served = 0;
            while (!staller.out().contains("reading")) {
                try (TestClient other = new TestClient(server.port())) {
                    other.send("ping");
                    assertThat(other.read(4)).isEqualTo("ping");
                    other.finish();
                    assertThat(other.readToEnd()).isEmpty();
                    served++;
                }
            }
            assertThat(served).isGreaterThan(100);
            assertThat(staller.awaitExit()).as("%s", staller).isZero();
            assertThat(staller.out()).contains("verified " + (1L << 30));
            server.terminate();
            assertThat(server.awaitExit()).as("%s", server).isZero();
        }
    }
}
