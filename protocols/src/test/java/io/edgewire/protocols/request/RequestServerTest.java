package io.edgewire.protocols.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.testkit.Rule;
import io.edgewire.testkit.protocol.ScriptedConnection;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The side that answers; each delivery is one whole message, as within a framing. */
class RequestServerTest {
    private final List<Request> requests = new ArrayList<>();
    private final List<Connection> gone = new ArrayList<>();
    private final ScriptedConnection connection = new ScriptedConnection(new RequestServer(
            new RequestHandler() {
                @Override
                public void onRequest(Request request) {
                    requests.add(request);
                }

                @Override
                public void onClosed(Connection closed) {
                    gone.add(closed);
                }
            },
            2));

    RequestServerTest() {
        connection.open();
    }

    private void ask(int number, String body) {
        connection.deliver(message(1, number, body));
    }

    private static byte[] message(int kind, int number, String body) {
        return ByteBuffer.allocate(5 + body.length())
                .put((byte) kind)
                .putInt(number)
                .put(body.getBytes(UTF_8))
                .array();
    }

    @Test
    @Rule("Q-6")
    void requestsAreAnsweredLaterAndInAnyOrder() {
        ask(7, "a");
        ask(9, "b");
        assertThat(connection.sent()).isEmpty();

        requests.get(1).answer(UTF_8.encode("B"));
        requests.get(0).fail("broken");

        assertThat(connection.sent())
                .isEqualTo(ByteBuffer.allocate(6 + 11)
                        .put(message(2, 9, "B"))
                        .put(message(3, 7, "broken"))
                        .array());
        assertThat(UTF_8.decode(requests.get(0).body()).toString()).isEqualTo("a");
    }

    @Test
    @Rule("Q-6")
    void onlyTheFirstAnswerCounts() {
        ask(7, "a");

        assertThat(requests.get(0).answer(UTF_8.encode("A"))).isTrue();
        assertThat(requests.get(0).answer(UTF_8.encode("again"))).isFalse();
        assertThat(requests.get(0).fail("again")).isFalse();

        assertThat(connection.sent()).isEqualTo(message(2, 7, "A"));
    }

    @Test
    @Rule("Q-5")
    void oneTooManyIsAnsweredByAFailureAndAnAnswerMakesRoom() {
        ask(1, "");
        ask(2, "");
        ask(3, "");
        assertThat(requests).hasSize(2);
        assertThat(connection.takeSentText()).startsWith("\u0003\0\0\0\u0003busy");

        requests.get(0).answer(UTF_8.encode(""));
        ask(4, "");

        assertThat(requests).hasSize(3);
        ask(5, "");
        assertThat(requests).hasSize(3);
    }

    @Test
    @Rule("Q-6")
    @Rule("Q-7")
    void anAnswerToAConnectionThatIsGoneIsFalse() {
        ask(1, "");
        connection.peerResets();

        assertThat(requests.get(0).answer(UTF_8.encode("x"))).isFalse();
        assertThat(gone).containsExactly(connection);
    }

    @Test
    @Rule("Q-8")
    void whatIsNoRequestEndsTheConnection() {
        for (byte[] wrong : List.of(new byte[] {1}, message(2, 1, ""), message(3, 1, ""), message(9, 1, ""))) {
            ScriptedConnection broken = new ScriptedConnection(new RequestServer(requests::add, 1));
            broken.open();
            broken.deliver(wrong);
            assertThat(broken.closed()).contains(CloseReason.PROTOCOL_ERROR);
        }
        assertThat(requests).isEmpty();
    }

    @Test
    @Rule("Q-9")
    void noticesGoOutAsTheyAreGiven() {
        ask(1, "subscribe");

        RequestServer.notice(requests.get(0).connection(), UTF_8.encode("21.5"));

        assertThat(connection.sent()).isEqualTo(message(4, 0, "21.5"));
    }
}
