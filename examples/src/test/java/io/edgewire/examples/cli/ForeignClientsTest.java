package io.edgewire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgewire.api.StopOutcome;
import io.edgewire.examples.ChildProcess;
import io.edgewire.examples.Programs;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that others have written talk to our server, on both transports. */
@Tag("foreign")
class ForeignClientsTest {
    private static final String PYTHON = """
            import socket, sys
            s = socket.create_connection(('127.0.0.1', int(sys.argv[1])), 20)
            s.sendall(b'the end')
            data = b''
            while True:
                more = s.recv(4096)
                if not more: break
                data += more
            sys.stdout.buffer.write(data)
            """;
    private static final String NODE = """
            const s = require('net').connect(Number(process.argv[1]), '127.0.0.1');
            s.write('the end');
            s.pipe(process.stdout);
            """;

    @ParameterizedTest
    @CsvSource({
        "nc, nio, echo", "nc, bio, heartbeat", "socat, nio, heartbeat", "socat, bio, echo",
        "python3, nio, echo", "python3, bio, heartbeat", "node, nio, heartbeat", "node, bio, echo"
    })
    void aForeignClientHearsEveryByteAndTheEnd(String program, String transport, String protocol) throws Exception {
        assumeTrue(Programs.isInstalled(program), program + " is not installed: install it to run this test");
        try (ServerHere server = ServerHere.serve("--transport", transport, "--protocol", protocol);
                ChildProcess client = ChildProcess.program(command(program, server.port()))) {
            client.input().write("the end".getBytes(StandardCharsets.UTF_8));
            client.input().close();
            assertThat(client.awaitExit()).as("%s", client).isZero();
            assertThat(String.join("\n", client.out())).isEqualTo("Hello!\nrecv: the end");
            assertThat(server.drain()).isNotEqualTo(StopOutcome.FORCED);
        }
    }

    private static String[] command(String program, int port) {
        String number = Integer.toString(port);
        return switch (program) {
            case "nc" -> new String[] {"nc", "-N", "127.0.0.1", number};
            case "socat" -> new String[] {"socat", "-t", "20", "-", "TCP:127.0.0.1:" + number};
            case "python3" -> new String[] {"python3", "-c", PYTHON, number};
            default -> new String[] {"node", "-e", NODE, number};
        };
    }
}
