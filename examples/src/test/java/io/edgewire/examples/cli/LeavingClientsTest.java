package io.edgewire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.examples.TestClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tutorial's freeze: a client that leaves without a word kept every other from being served. */
class LeavingClientsTest {
    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void howeverAClientLeavesTheNextIsServedAtOnce(String transport) throws Exception {
        try (ServerHere server = ServerHere.serve("--transport", transport)) {
            int port = server.port();
            try (TestClient silent = greeted(port);
                    TestClient resetting = greeted(port);
                    TestClient leaving = greeted(port)) {
                silent.send("and then nothing, not even FIN");
                resetting.send("half a messa");
                resetting.reset();
                greeted(port).close();
                leaving.finish();
                greeted(port).close();
            }
            assertThat(server.await("RESET")).contains("(#2, RESET");
            assertThat(server.await("(#3, PEER")).isNotEmpty();
        }
    }

    private static TestClient greeted(int port) throws Exception {
        TestClient client = new TestClient(port);
        assertThat(client.read(7)).isEqualTo("Hello!\n");
        return client;
    }
}
