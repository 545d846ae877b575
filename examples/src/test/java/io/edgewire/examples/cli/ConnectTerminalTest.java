package io.edgewire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgewire.examples.ChildProcess;
import io.edgewire.examples.Programs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code edgewire connect} at a terminal, which Python makes, against our own server. */
@Timeout(120)
class ConnectTerminalTest {
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";

    @BeforeEach
    void needsPython() {
        assumeTrue(Programs.isInstalled("python3"), "needs python3, which makes a terminal");
    }

    @Test
    void whatIsTypedIsAnsweredAndCtrlDEndsItWithASummary() throws Exception {
        try (ServerHere server = ServerHere.serve();
                ChildProcess client =
                        connect(server, List.of("Hello!", "one\n", "recv: one", "你好\n", "recv: 你好", CTRL_D))) {
            assertThat(client.awaitExit()).as("%s", client).isZero();
            assertThat(client.out())
                    .anyMatch(line -> line.contains("-- Connected to 127.0.0.1:" + server.port() + " from "))
                    .anyMatch(line -> line.contains("-- Closed by the server"))
                    .anyMatch(line -> line.contains("-- Sent 11 bytes in 2 sends, received "))
                    .anyMatch(line -> line.contains("-- Round trip of "));
        }
    }

    @Test
    void aBadDigitIsToldAndTheNextLineIsSent() throws Exception {
        try (ServerHere server = ServerHere.serve();
                ChildProcess client = connect(
                        server,
                        List.of("Hello!", "61 6x\n", "-- line 1, column 5: 'x'", "62\n", "recv: b", CTRL_C),
                        "--hex-in")) {
            assertThat(client.awaitExit()).as("%s", client).isZero();
            assertThat(client.out())
                    .anyMatch(line -> line.contains("-- Interrupted"))
                    .anyMatch(line -> line.contains("-- Sent 1 byte in 1 send"));
        }
    }

    private static ChildProcess connect(ServerHere server, List<String> dialogue, String... options) throws Exception {
        List<String> args = new ArrayList<>(List.of("connect", "127.0.0.1", Integer.toString(server.port())));
        args.addAll(List.of(options));
        return ChildProcess.atTerminal(dialogue, EdgewireMain.class, args.toArray(new String[0]));
    }
}
