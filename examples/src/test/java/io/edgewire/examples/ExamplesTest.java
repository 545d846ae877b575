package io.edgewire.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs that the README quotes do what it says. */
class ExamplesTest {
    @ParameterizedTest
    @ValueSource(classes = {TutorialServerWithGuice.class, TutorialServerWithNew.class})
    void theTutorialsServerSaysTheTutorialsBytes(Class<?> main) throws Exception {
        try (ChildProcess server = ChildProcess.java(main, Map.of(), "0")) {
            try (TestClient client = new TestClient(server.port())) {
                assertThat(client.read(7)).isEqualTo("Hello!\n");
                client.send("abc");
                assertThat(client.read(9)).isEqualTo("recv: abc");
                client.send("the end");
                assertThat(client.readToEnd()).isEqualTo("recv: the end");
            }
            endsInOrder(server);
        }
    }

    @Test
    void aProtocolOfOnesOwnIsServed() throws Exception {
        try (ChildProcess server = ChildProcess.java(UpperCaseServer.class, Map.of(), "0")) {
            try (TestClient client = new TestClient(server.port())) {
                client.send("hello");
                assertThat(client.read(5)).isEqualTo("HELLO");
            }
            endsInOrder(server);
        }
    }

    private static void endsInOrder(ChildProcess server) throws Exception {
        server.input().close();
        assertThat(server.awaitExit()).isZero();
        assertThat(server.err()).isEmpty();
    }
}
