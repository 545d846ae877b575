package io.edgewire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.examples.TestClient;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code edgewire serve --framing}. */
class ServeFramingTest {
    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void aStrangersBytesAreShownWhereItIsTurnedAway(String transport) throws Exception {
        try (ServerHere server = ServerHere.serve("--transport", transport, "--framing", "length4");
                TestClient browser = new TestClient(server.port())) {
            browser.send("GET / HTTP/1.1\r\n\r\n");

            assertThat(browser.read(10)).isEqualTo("\0\0\0\6Hello!");
            assertThat(browser.readToEnd()).isEmpty();
            browser.finish();
            assertThat(server.await("Client disconnected"))
                    .contains("PROTOCOL_ERROR: a length of 1195725856, but a message may have 65536 bytes: "
                            + "47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a |GET / HTTP/1.1..|");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void aPeerThatEndsWithinAMessageIsToldButAnsweredBefore(String transport) throws Exception {
        try (ServerHere server = ServerHere.serve("--transport", transport, "--framing", "line");
                TestClient client = new TestClient(server.port())) {
            client.send("whole\nhal");
            client.finish();

            assertThat(client.readToEnd()).isEqualTo("Hello!\nrecv: whole\n");
            assertThat(server.await("Client disconnected"))
                    .contains("PROTOCOL_ERROR: the peer ended within a message, of which 3 bytes had come: "
                            + "68 61 6c |hal|");
        }
    }

    @Test
    void aKindThatDoesNotExistIsToldWithThoseThatDo() {
        StringWriter err = new StringWriter();

        int exit = EdgewireMain.run(
                new String[] {"serve", "--framing", "lines"},
                new PrintWriter(new StringWriter()),
                new PrintWriter(err));

        assertThat(exit).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("edgewire.protocol.framing.kind is \"lines\"")
                .contains("none, line, delimiter, fixed, length1, length2, length4, length8");
    }
}
