package io.edgewire.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A handler that blocks is named in the log of a real server, with the place where it stands. */
class BlockedHandlerTest {
    private static final String FRAME =
            "io.edgewire.examples.BlockingServer$Blocking.waitForTheKeyboard(BlockingServer.java:";

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void theLogNamesTheHandlerWithItsStackAndItsClientIsServedOnceItReturns(String transport) throws Exception {
        try (ChildProcess server = ChildProcess.java(BlockingServer.class, Map.of(), transport, "100ms");
                TestClient client = new TestClient(server.port())) {
            client.send("x");
            String named = server.awaitErr("its handler has not returned for");
            assertThat(server.awaitErr(FRAME)).startsWith("\tat ");
            assertThat(named).startsWith("ERROR: #1 127.0.0.1:").contains(" blocks edgewire-" + transport + "-");

            server.input().write('\n');
            server.input().flush();
            assertThat(client.read(1)).isEqualTo("x");
            client.send("q");
            assertThat(server.awaitExit()).isZero();
            assertThat(timesNamed(server)).isEqualTo(1);
        }
    }

    private static long timesNamed(ChildProcess server) {
        List<String> lines = server.err();
        return lines.stream().filter(line -> line.contains("has not returned")).count();
    }
}
