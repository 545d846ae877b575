package io.edgewire.protocols.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.edgewire.api.CloseReason;
import io.edgewire.testkit.ManualScheduler;
import io.edgewire.testkit.Rule;
import io.edgewire.testkit.protocol.ScriptedConnection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The side that asks; each delivery is one whole message, as within a framing. */
class RequestsTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final ManualScheduler scheduler = new ManualScheduler();
    private final List<String> notices = new ArrayList<>();
    private final RequestClient client = new RequestClient(
            3, LIMIT, scheduler, body -> notices.add(UTF_8.decode(body).toString()));
    private final ScriptedConnection connection = new ScriptedConnection(client, scheduler);

    private CompletionStage<ByteBuffer> ask(String what) {
        return client.requests().request(UTF_8.encode(what));
    }

    private static byte[] message(int kind, int number, String body) {
        return ByteBuffer.allocate(5 + body.length())
                .put((byte) kind)
                .putInt(number)
                .put(body.getBytes(UTF_8))
                .array();
    }

    private static String got(CompletionStage<ByteBuffer> reply) {
        ByteBuffer body = reply.toCompletableFuture().getNow(null);
        return body == null ? null : UTF_8.decode(body.duplicate()).toString();
    }

    private static RequestException failure(CompletionStage<ByteBuffer> reply) {
        RequestException[] found = new RequestException[1];
        reply.exceptionally(thrown -> {
            found[0] = (RequestException) (thrown instanceof CompletionException ? thrown.getCause() : thrown);
            return ByteBuffer.allocate(0);
        });
        return found[0];
    }

    @Test
    @Rule("Q-1")
    void aRequestIsItsKindItsNumberAndItsBody() {
        connection.open();
        ask("temp?");
        ask("");

        assertThat(connection.sent()).isEqualTo(new byte[] {1, 0, 0, 0, 1, 't', 'e', 'm', 'p', '?', 1, 0, 0, 0, 2});
    }

    @Test
    @Rule("Q-2")
    @Rule("Q-3")
    void repliesFindTheirRequestsInAnyOrder() {
        connection.open();
        CompletionStage<ByteBuffer> first = ask("a");
        CompletionStage<ByteBuffer> second = ask("b");

        connection.deliver(message(2, 2, "B"));
        connection.deliver(message(2, 1, "A"));

        assertThat(got(first)).isEqualTo("A");
        assertThat(got(second)).isEqualTo("B");
        assertThat(client.requests().underWay()).isZero();
        assertThat(scheduler.waiting()).as("timers of requests that are over").isZero();
    }

    @Test
    @Rule("Q-2")
    void aFailureOfTheOtherSideIsToldInItsWords() {
        connection.open();
        CompletionStage<ByteBuffer> reply = ask("a");

        connection.deliver(message(3, 1, "no such sensor"));

        assertThat(failure(reply).kind()).isEqualTo(RequestException.Kind.FAILED);
        assertThat(failure(reply)).hasMessage("no such sensor");
    }

    @Test
    @Rule("Q-4")
    void eachRequestHasItsOwnLimitAndAReplyThatComesLaterIsIgnored() {
        connection.open();
        CompletionStage<ByteBuffer> usual = ask("a");
        CompletionStage<ByteBuffer> shorter = client.requests().request(UTF_8.encode("b"), Duration.ofSeconds(1));

        scheduler.advance(Duration.ofSeconds(1));
        assertThat(failure(shorter).kind()).isEqualTo(RequestException.Kind.NO_ANSWER);
        assertThat(failure(usual)).isNull();
        connection.deliver(message(2, 2, "late"));
        scheduler.advance(LIMIT.minusSeconds(1).minusNanos(1));
        assertThat(failure(usual)).isNull();
        scheduler.advance(Duration.ofNanos(1));

        assertThat(failure(usual)).hasMessageContaining("PT5S");
        assertThat(connection.closed()).isEmpty();
    }

    @Test
    @Rule("Q-5")
    void oneTooManyIsRefusedAndNotSentAndAReplyMakesRoom() {
        connection.open();
        for (int i = 0; i < 3; i++) {
            ask("x");
        }
        int sent = connection.sent().length;

        assertThat(failure(ask("y")).kind()).isEqualTo(RequestException.Kind.TOO_MANY);
        assertThat(connection.sent()).hasSize(sent);

        connection.deliver(message(2, 1, ""));
        assertThat(failure(ask("z"))).isNull();
    }

    @Test
    @Rule("Q-7")
    void whatIsUnderWayEndsWithTheConnectionAndTellsItsReason() {
        connection.open();
        CompletionStage<ByteBuffer> reply = ask("a");

        connection.peerResets();

        assertThat(failure(reply).kind()).isEqualTo(RequestException.Kind.NO_ANSWER);
        assertThat(failure(reply)).hasMessageContaining("RESET");
        assertThat(failure(ask("b")).kind()).isEqualTo(RequestException.Kind.NOT_SENT);
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    @Rule("Q-7")
    void beforeTheConnectionIsOpenNothingIsSent() {
        assertThat(failure(ask("a")).kind()).isEqualTo(RequestException.Kind.NOT_SENT);
        connection.open();

        assertThat(connection.sent()).isEmpty();
    }

    @Test
    @Rule("Q-8")
    void whatIsNoMessageOfTheProtocolEndsTheConnection() {
        for (byte[] wrong : List.of(
                new byte[] {2, 0, 0, 0},
                message(0, 1, ""),
                message(5, 1, ""),
                message(-1, 1, ""),
                message(1, 1, "x"))) {
            ScriptedConnection broken =
                    new ScriptedConnection(new RequestClient(1, LIMIT, scheduler, body -> {}), scheduler);
            broken.open();
            broken.deliver(wrong);
            assertThat(broken.closed()).contains(CloseReason.PROTOCOL_ERROR);
        }
    }

    @Test
    @Rule("Q-9")
    void noticesComeInTheirOrderWithoutBeingAskedFor() {
        connection.open();
        connection.deliver(message(4, 0, "one"));
        connection.deliver(message(4, 0, "two"));

        assertThat(notices).containsExactly("one", "two");
    }

    @Test
    @Rule("Q-2")
    void aReplyIsTheRequestersOwnCopy() {
        connection.open();
        CompletionStage<ByteBuffer> reply = ask("a");

        connection.deliver(message(2, 1, "kept")); // and overwritten when the call is over

        assertThat(got(reply)).isEqualTo("kept");
    }

    @Test
    @Rule("Q-2")
    void theSenderHearsThatItsMessageHasArrivedAlsoWhenTheReplyIsFasterThanItself() {
        List<String> done = new ArrayList<>();
        Requests[] made = new Requests[1];
        boolean[] fast = {true};
        Requests.Sender sender = (message, lost) -> {
            int number = message.getInt(1);
            if (fast[0]) {
                made[0].received(ByteBuffer.wrap(message(2, number, "")));
            }
            return () -> done.add("request " + number + " has arrived");
        };
        made[0] = new Requests(1, LIMIT, scheduler, sender, body -> {});

        made[0].request(UTF_8.encode("a"));
        fast[0] = false;
        made[0].request(UTF_8.encode("b"));
        assertThat(done).containsExactly("request 1 has arrived");
        made[0].received(ByteBuffer.wrap(message(2, 2, "")));

        assertThat(done).containsExactly("request 1 has arrived", "request 2 has arrived");
    }

    @Test
    @Rule("Q-2")
    void onlyTheFirstEndOfARequestCounts() {
        List<Consumer<RequestException>> losers = new ArrayList<>();
        Requests requests = new Requests(
                1,
                LIMIT,
                scheduler,
                (message, lost) -> {
                    losers.add(lost);
                    return () -> {};
                },
                body -> {});
        CompletionStage<ByteBuffer> reply = requests.request(UTF_8.encode("a"));
        losers.get(0).accept(new RequestException(RequestException.Kind.NO_ANSWER, "first"));
        losers.get(0).accept(new RequestException(RequestException.Kind.NO_ANSWER, "second"));
        requests.received(ByteBuffer.wrap(message(2, 1, "late")));

        assertThat(failure(reply)).hasMessage("first");
        assertThat(failure(requests.request(UTF_8.encode("b"))))
                .as("room for one")
                .isNull();
    }

    @Test
    void itsLimitsAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RequestClient(0, LIMIT, scheduler, body -> {}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RequestClient(1, Duration.ZERO, scheduler, body -> {}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.requests().request(UTF_8.encode("a"), Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new RequestServer(request -> {}, 0));
    }
}
