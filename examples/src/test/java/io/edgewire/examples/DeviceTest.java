package io.edgewire.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgewire.examples.device.DeviceProgram;
import io.edgewire.examples.device.DeviceServer;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The device's server and client, and a client that others have written. */
class DeviceTest {
    private static final String PYTHON = """
            import socket, struct, sys
            s = socket.create_connection(('127.0.0.1', int(sys.argv[1])), 20)
            f = s.makefile('rb')
            def send(kind, number, body):
                s.sendall(struct.pack('>IBI', 5 + len(body), kind, number) + body)
            def receive():
                size, kind, number = struct.unpack('>IBI', f.read(9))
                return kind, number, f.read(size - 5)
            send(1, 7, struct.pack('>BB', 1, 0))
            kind, number, body = receive()
            print('read', kind, number, struct.unpack('>h', body)[0], flush=True)
            send(1, 8, struct.pack('>BB', 3, 0))
            print('subscribed', receive()[:2], flush=True)
            send(1, 9, struct.pack('>BBB', 2, 0, 1))
            seen = sorted([receive(), receive()])
            print('set', seen[0][:2], 'notice', struct.unpack('>Bh', seen[1][2]), flush=True)
            send(1, 10, struct.pack('>BB', 1, 99))
            print('failed', receive()[:2], flush=True)
            send(1, 11, b'')
            kind, number, body = receive()
            print('short', kind, body.decode(), flush=True)
            """;

    @ParameterizedTest
    @CsvSource({"nio, bio", "bio, nio"})
    void theClientReadsAndSetsAndIsToldOfChanges(String serves, String connects) throws Exception {
        try (ChildProcess server = ChildProcess.java(DeviceServer.class, Map.of(), "0", serves);
                ChildProcess client = ChildProcess.java(
                        DeviceProgram.class, Map.of(), "127.0.0.1", Integer.toString(server.port()), connects)) {
            assertThat(client.awaitExit()).as("%s", client).isZero();
            assertThat(client.out()).contains("read: 21.5", "told: 21.5", "told: 26.5", "done");
            assertThat(client.err()).isEmpty();
            server.input().close();
            assertThat(server.awaitExit()).as("%s", server).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    @Tag("foreign")
    void aForeignClientSpeaksToTheDevice(String transport) throws Exception {
        assumeTrue(Programs.isInstalled("python3"), "python3 is not installed: install it to run this test");
        try (ChildProcess server = ChildProcess.java(DeviceServer.class, Map.of(), "0", transport);
                ChildProcess client = ChildProcess.program("python3", "-c", PYTHON, Integer.toString(server.port()))) {
            assertThat(client.awaitExit()).as("%s", client).isZero();
            assertThat(client.out())
                    .containsExactly(
                            "read 2 7 215",
                            "subscribed (2, 8)",
                            "set (2, 9) notice (0, 265)",
                            "failed (3, 10)",
                            "short 3 the request is too short");
        }
    }

    @Test
    void theClientKeepsTryingUntilItsServerIsBack() throws Exception {
        int port = portOfAServerThatHasGone();
        try (ChildProcess client =
                ChildProcess.java(DeviceProgram.class, Map.of(), "127.0.0.1", Integer.toString(port))) {
            try (ChildProcess server = ChildProcess.java(DeviceServer.class, Map.of(), Integer.toString(port))) {
                assertThat(client.awaitExit()).as("%s, %s", client, server).isZero();
                assertThat(client.out()).contains("done");
            }
        }
    }

    private static int portOfAServerThatHasGone() throws Exception {
        try (ChildProcess server = ChildProcess.java(DeviceServer.class, Map.of(), "0")) {
            return server.port();
        }
    }
}
