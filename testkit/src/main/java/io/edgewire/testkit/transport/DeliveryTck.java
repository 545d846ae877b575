package io.edgewire.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.testkit.Call;
import io.edgewire.testkit.RecordingHandler;
import io.edgewire.testkit.Rule;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** That bytes arrive, once, in order and together: C-5 to C-9, C-32. */
public abstract class DeliveryTck extends TransportFixture {
    private static final int ROUNDS = 50;

    /** For subclasses. */
    protected DeliveryTck() {}

    @Test
    @Rule("C-5")
    @Rule("P-2")
    void everyByteComesOnceAndInOrderAndThenTheFin() {
        long seed = seed();
        byte[] data = bytes(MIB, seed);
        Session session = serve(handler -> {});

        Random random = new Random(seed);
        for (int from = 0; from < data.length; ) {
            int to = Math.min(data.length, from + 1 + random.nextInt(40_000));
            session.peer().send(Arrays.copyOfRange(data, from, to));
            from = to;
        }
        session.peer().halfClose();

        session.awaitClosed();
        assertThat(Arrays.equals(session.handler().received(), data))
                .as("seed " + seed)
                .isTrue();
        assertThat(session.handler().calls()).startsWith(Call.OPEN).endsWith(Call.BYTES, Call.PEER_CLOSED, Call.CLOSED);
    }

    @Test
    @Rule("C-5")
    void bytesSentOneByOneComeInOrder() {
        byte[] data = bytes(500, 5);
        Session session = serve(handler -> {});

        session.peer().sendByteByByte(data);

        session.handler().awaitBytes(data.length);
        assertThat(session.handler().received()).isEqualTo(data);
    }

    @Test
    @Rule("C-5")
    @Rule("C-8")
    void anEchoOfMuchDataIsWhatWasSent() {
        byte[] data = bytes(2 * MIB, 7);
        Session session = serveEcho();

        int chunk = 32 * KIB;
        for (int from = 0; from < data.length; from += chunk) {
            byte[] part = Arrays.copyOfRange(data, from, from + chunk);
            session.peer().send(part);
            assertThat(Arrays.equals(session.peer().receive(chunk), part))
                    .as("chunk at " + from)
                    .isTrue();
        }
    }

    @Test
    @Rule("C-5")
    @Rule("C-20")
    void aLongAnswerComesWholeAlthoughThePeerReadsLate() {
        byte[] data = bytes(DEFAULTS.sendLimit(), 8);
        Session session = serve(handler -> handler.whenBytes((connection, in) -> {
            connection.send(ByteBuffer.wrap(data));
            connection.close();
        }));
        session.peer().send("go");
        session.handler().awaitBytes(2);
        await.settle();

        assertThat(Arrays.equals(session.peer().receiveAll(), data)).isTrue();
    }

    @Test
    @Rule("C-6")
    void aReadIsReadOnlyAndHoldsOneByteToSixtyFourKilobytes() {
        List<String> wrong = new ArrayList<>();
        Session session = serve(handler -> handler.whenBytes((connection, in) -> {
            boolean sized = in.hasRemaining() && in.remaining() <= ConnectionOptions.LARGEST_READ;
            if (!sized || !in.isReadOnly()) {
                wrong.add(in.toString());
            }
        }));

        session.peer().send(bytes(MIB, 6));
        session.handler().awaitBytes(MIB);
        roundTrip(session.connection());

        assertThat(wrong).isEmpty();
        assertThat(session.handler().reads())
                .allSatisfy(size -> assertThat(size).isBetween(1, ConnectionOptions.LARGEST_READ));
    }

    @Test
    @Rule("C-6")
    void whatTheHandlerLeavesUnreadIsNotDeliveredAgain() {
        byte[] data = bytes(300 * KIB, 9);
        Session session = serve(handler -> handler.whenBytes((connection, in) -> in.get()));

        session.peer().send(data);
        session.peer().halfClose();

        session.awaitClosed();
        assertThat(Arrays.equals(session.handler().received(), data)).isTrue();
    }

    @Test
    @Rule("C-7")
    void theCallersBufferIsFreeWhenSendReturns() {
        int messages = 400;
        int size = KIB;
        Session session = serve(handler -> handler.whenBytes((connection, in) -> {
            ByteBuffer reused = ByteBuffer.allocate(size);
            for (int i = 0; i < messages; i++) {
                Arrays.fill(reused.array(), (byte) i);
                reused.clear();
                assertThat(connection.send(reused)).isTrue();
                assertThat(reused.position()).isEqualTo(size);
            }
            Arrays.fill(reused.array(), (byte) -1);
        }));

        session.peer().send("go");

        byte[] got = session.peer().receive(messages * size);
        for (int i = 0; i < got.length; i++) {
            assertThat(got[i]).as("byte " + i).isEqualTo((byte) (i / size));
        }
    }

    @Test
    @Rule("C-7")
    void sendTakesFromPositionToLimitOfAnyKindOfBuffer() {
        Session session = serve(handler -> {});
        Connection connection = session.connection();
        ByteBuffer direct = ByteBuffer.allocateDirect(8).put("-direct-".getBytes());
        direct.position(1).limit(7);
        ByteBuffer sliced = ByteBuffer.wrap("xxsliced".getBytes(), 2, 6).slice().asReadOnlyBuffer();

        assertThat(connection.send(direct)).isTrue();
        assertThat(connection.send(sliced)).isTrue();
        assertThat(connection.send(ByteBuffer.allocate(0))).isTrue();
        assertThat(connection.send("")).isTrue();

        session.peer().expect("directsliced");
        assertThat(direct.position()).isEqualTo(7);
        assertThat(sliced.hasRemaining()).isFalse();
    }

    @Test
    @Rule("C-7")
    @Rule("C-27")
    void aRefusedSendLeavesTheBufferUntouched() {
        Session session = serve(handler -> {});
        ByteBuffer bytes = ByteBuffer.wrap("too late".getBytes());
        bytes.position(2);

        session.connection().close();

        assertThat(session.connection().send(bytes)).isFalse();
        assertThat(bytes.position()).isEqualTo(2);
        assertThat(bytes.limit()).isEqualTo(8);
        session.peer().expectEof();
    }

    @Test
    @Rule("C-8")
    @Rule("C-32")
    void theSendsOfSeveralThreadsKeepTheirOrderAndAreNotInterleaved() {
        int senders = 4;
        int messages = 60;
        Session session = serve(handler -> {});
        List<Future<Boolean>> sending = new ArrayList<>();
        for (int sender = 0; sender < senders; sender++) {
            int name = sender;
            sending.add(async(() -> sendMessages(session.connection(), name, messages)));
        }

        int[] next = new int[senders];
        for (int i = 0; i < senders * messages; i++) {
            ByteBuffer header = ByteBuffer.wrap(session.peer().receive(3));
            int sender = header.get();
            int size = header.getShort();
            byte[] body = session.peer().receive(size);
            byte[] wanted = body(sender, next[sender]++);
            assertThat(body).as("message of " + sender).isEqualTo(wanted);
        }
        sending.forEach(future -> assertThat(get(future)).isTrue());
    }

    @Test
    @Rule("C-8")
    void aSendThatHappensBeforeAnotherArrivesBeforeIt() {
        Session session = serve(handler -> handler.whenBytes((connection, in) -> connection.send("c")));
        StringBuilder wanted = new StringBuilder();

        for (int i = 0; i < ROUNDS; i++) {
            session.connection().send("a");
            get(async(() -> session.connection().send("b")));
            wanted.append("ab");
        }
        session.peer().expect(wanted.toString());
        session.connection().send("a");
        session.peer().send("x");

        session.peer().expect("ac");
    }

    @Test
    @Rule("C-32")
    void aSendOfSeveralBuffersTakesAllOrNone() {
        Session session = serve(handler -> {});
        ByteBuffer first = ByteBuffer.wrap(new byte[] {0, 'a', 'b', 0}, 1, 2);
        ByteBuffer second = ByteBuffer.allocateDirect(1).put((byte) 'c').flip().asReadOnlyBuffer();

        assertThat(session.connection().send(first, second)).isTrue();
        session.peer().expect("abc");
        assertThat(first.position()).isEqualTo(3);
        assertThat(second.hasRemaining()).isFalse();

        first.position(1);
        ByteBuffer tooMuch = ByteBuffer.allocate(DEFAULTS.sendLimit() - 1);
        assertThat(session.connection().send(first, tooMuch)).isFalse();
        assertThat(first.remaining()).isEqualTo(2);
        assertThat(tooMuch.position()).isZero();
        assertThat(session.awaitClosed()).isEqualTo(CloseReason.SLOW_PEER);
    }

    @Test
    @Rule("C-9")
    void whatOneReadAnswersIsOneSegment() {
        Session session = serve(handler -> handler.whenBytes((connection, in) -> {
            connection.send("recv: ");
            connection.send(in);
            connection.send("\n");
        }));

        for (int i = 0; i < ROUNDS; i++) {
            session.peer().send("hello");

            assertThat(new String(session.peer().next())).isEqualTo("recv: hello\n");
        }
    }

    @Test
    @Rule("C-9")
    void theGreetingIsOneSegment() {
        listen(
                anyPort(),
                handler -> handler.whenOpen(connection -> {
                    connection.send("Hel");
                    connection.send("lo!");
                }));

        for (int i = 0; i < ROUNDS / 2; i++) {
            assertThat(new String(dial(listener.address()).next())).isEqualTo("Hello!");
        }
    }

    @Test
    @Rule("C-9")
    void whatATaskOrATimerSendsIsOneSegment() {
        Session session = serve(handler -> {});
        Runnable twoSends = () -> {
            session.connection().send("tick ");
            session.connection().send("tock");
        };

        for (int i = 0; i < ROUNDS; i++) {
            session.connection().execute(twoSends);
            assertThat(new String(session.peer().next())).isEqualTo("tick tock");
            session.connection().after(Duration.ZERO, twoSends);
            assertThat(new String(session.peer().next())).isEqualTo("tick tock");
        }
    }

    @Test
    @Rule("P-1")
    void eachConnectionHasAHandlerOfItsOwn() {
        listen(anyPort(), RecordingHandler::echo);
        int connections = 5;
        for (int i = 0; i < connections; i++) {
            Session session = next();
            session.peer().send("peer " + i);
            session.handler().awaitBytes(6);
        }

        assertThat(protocol.handlers())
                .extracting(RecordingHandler::text)
                .containsExactly("peer 0", "peer 1", "peer 2", "peer 3", "peer 4");
    }

    private static boolean sendMessages(Connection connection, int sender, int messages) {
        boolean taken = true;
        for (int number = 0; number < messages; number++) {
            byte[] body = body(sender, number);
            ByteBuffer header = ByteBuffer.allocate(3);
            header.put((byte) sender).putShort((short) body.length).flip();
            if (number % 2 == 0) {
                taken &= connection.send(header, ByteBuffer.wrap(body));
            } else {
                ByteBuffer message = ByteBuffer.allocate(3 + body.length);
                taken &= connection.send(message.put(header).put(body).flip());
            }
        }
        return taken;
    }

    private static byte[] body(int sender, int number) {
        return bytes(1 + 37 * number % 2000, 1000L * sender + number);
    }
}
