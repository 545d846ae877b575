package io.edgewire.protocols.framing;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.testkit.ManualScheduler;
import io.edgewire.testkit.Rule;
import io.edgewire.testkit.protocol.ScriptedConnection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What a handler of messages may count on, whatever the framing. */
class FramedHandlerTest {
    private static final Framing FRAMING = Framing.lengthPrefix(1);
    private static final String THREE = "\1a\1b\1c";

    @Test
    @Rule("F-1")
    void manyMessagesInOneReadComeOneByOneAndInOrder() {
        Messages messages = new Messages();
        open(messages).deliver(Messages.bytes("\1a\0\2bc\1d"));

        assertThat(messages.heard).containsExactly("a", "", "bc", "d");
    }

    @Test
    @Rule("F-1")
    void theHandlerKnowsThatItGetsMessages() {
        List<Boolean> framed = new ArrayList<>();
        ScriptedConnection connection = open(new Messages((messages, heard) -> framed.add(messages.framed())));

        connection.deliver(Messages.bytes(THREE));

        assertThat(framed).containsOnly(true);
        assertThat(connection.framed()).isFalse();
    }

    @Test
    @Rule("F-4")
    void aMessageThatIsWholeInTheReadIsLentWithoutACopy() {
        ByteBuffer read = ByteBuffer.wrap(Messages.bytes(THREE)).asReadOnlyBuffer();
        List<Boolean> same = new ArrayList<>();
        ScriptedConnection connection = new ScriptedConnection((stream, in) -> {});
        connection.open();
        FramedHandler handler =
                new FramedHandler(FRAMING, (messages, in) -> same.add(in == read && in.remaining() == 1));

        handler.onBytes(connection, read);

        assertThat(same).containsExactly(true, true, true);
    }

    @Test
    @Rule("F-4")
    void afterAMessageThatWasSplitTheRestOfTheReadIsLentWithoutACopy() {
        List<Boolean> same = new ArrayList<>();
        ScriptedConnection connection = new ScriptedConnection((stream, in) -> {});
        connection.open();
        for (Framing framing : List.of(FRAMING, Framing.line().withMaximum(9))) {
            same.clear();
            String one = framing == FRAMING ? "\1a" : "a\n";
            ByteBuffer read = ByteBuffer.wrap(Messages.bytes(one.substring(1) + one.repeat(99)));
            FramedHandler handler = new FramedHandler(framing, (messages, in) -> same.add(in == read));

            handler.onBytes(connection, ByteBuffer.wrap(Messages.bytes(one.substring(0, 1))));
            handler.onBytes(connection, read);

            assertThat(same).hasSize(100).startsWith(false);
            assertThat(same.subList(1, 100)).containsOnly(true);
        }
    }

    @Test
    @Rule("F-4")
    void whateverAHandlerDoesToItsBufferTheNextMessageIsWhole() {
        List<Integer> heard = new ArrayList<>();
        ScriptedConnection connection = open((messages, in) -> {
            assertThat(in.isReadOnly()).isTrue();
            assertThat(in.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
            heard.add((int) in.get(in.position()));
            in.order(ByteOrder.LITTLE_ENDIAN).clear().mark();
        });

        connection.deliver(Messages.bytes(THREE + "\1"));
        connection.deliver(Messages.bytes("d" + THREE));

        assertThat(connection.failure()).isEmpty();
        assertThat(heard).containsExactly((int) 'a', (int) 'b', (int) 'c', (int) 'd', (int) 'a', (int) 'b', (int) 'c');
    }

    @Test
    @Rule("F-8")
    void afterACloseInTheMiddleNoFurtherMessageComes() {
        for (BiConsumer<Connection, String> closing : List.<BiConsumer<Connection, String>>of(
                (messages, heard) -> messages.close(), (messages, heard) -> messages.abort(CloseReason.LIMIT))) {
            Messages messages = new Messages(closing);
            open(messages).deliver(Messages.bytes(THREE));

            assertThat(messages.heard).hasSize(2).startsWith("a");
        }
    }

    @Test
    @Rule("F-8")
    void afterAPauseInTheMiddleNoMessageComesUntilTheResume() {
        Messages messages = new Messages((connection, heard) -> connection.pauseReading());
        FramedConnection[] view = new FramedConnection[1];
        ScriptedConnection connection = open(new Messages((framed, heard) -> {
            view[0] = (FramedConnection) framed;
            messages.onBytes(framed, ByteBuffer.wrap(Messages.bytes(heard)));
        }));

        connection.deliver(Messages.bytes(THREE + "\1"));
        connection.deliver(Messages.bytes("d"));
        connection.peerCloses();
        assertThat(messages.heard).containsExactly("a");
        assertThat(view[0].reading()).isFalse();

        for (String next : List.of("b", "c", "d")) {
            view[0].resumeReading();
            assertThat(messages.heard).endsWith(next);
        }
        assertThat(messages.heard).containsExactly("a", "b", "c", "d");
        assertThat(connection.closed()).isEmpty();
        view[0].resumeReading();
        assertThat(connection.closed()).contains(CloseReason.PEER);
    }

    @Test
    @Rule("F-8")
    void aMessageThatWaitedForTheEndOfAPauseIsReadLikeAnyOther() {
        List<Boolean> reading = new ArrayList<>();
        List<Connection> view = new ArrayList<>();
        ScriptedConnection connection = open(new Messages((messages, heard) -> {
            reading.add(messages.reading());
            view.add(messages);
            messages.pauseReading();
        }));

        connection.deliver(Messages.bytes(THREE));
        view.get(0).resumeReading();
        view.get(0).resumeReading();

        assertThat(reading).containsExactly(true, true, true);
    }

    @Test
    @Rule("F-8")
    void aPauseAndItsEndWithinOneMessageChangeNothing() {
        Messages messages = new Messages((connection, heard) -> {
            connection.pauseReading();
            connection.resumeReading();
        });
        ScriptedConnection connection = open(messages);
        connection.deliver(Messages.bytes(THREE));
        connection.deliver(Messages.bytes(THREE));

        assertThat(messages.heard).containsExactly("a", "b", "c", "a", "b", "c");
    }

    @Test
    @Rule("F-8")
    void afterAHalfCloseOfOursMessagesGoOn() {
        Messages messages = new Messages((connection, heard) -> connection.shutdownOutput());
        open(messages).deliver(Messages.bytes(THREE));

        assertThat(messages.heard).containsExactly("a", "b", "c");
    }

    @Test
    @Rule("F-9")
    void whileThePeerDoesNotTakeTheAnswersNoFurtherMessageComes() {
        Messages messages = new Messages((connection, heard) -> connection.send(ByteBuffer.allocate(100)));
        ConnectionOptions small = ConnectionOptions.DEFAULTS.withSendQueue(50, 150, 1 << 20);
        ScriptedConnection connection =
                new ScriptedConnection(FRAMING.around(messages), new ManualScheduler(), small, 1);
        connection.open();
        connection.peerStopsReading();

        connection.deliver(Messages.bytes(THREE + THREE + "\1"));
        assertThat(messages.heard).containsExactly("a", "b");
        connection.peerReads();
        assertThat(messages.heard).containsExactly("a", "b", "c", "a", "b", "c");
        connection.deliver(Messages.bytes("d"));

        assertThat(messages.heard).endsWith("c", "d");
    }

    @Test
    @Rule("F-7")
    void whatIsIncompleteWhenThePeerClosesIsToldAndNotDelivered() {
        Messages messages = new Messages((connection, heard) -> connection.send("got it"));
        ScriptedConnection connection = open(messages);

        connection.deliver(Messages.bytes("\1a\5bc"));
        connection.peerCloses();

        assertThat(messages.heard).containsExactly("a", "<end>", "<PROTOCOL_ERROR>");
        assertThat(connection.sentText()).isEqualTo("\6got it");
        assertThat(connection.detail())
                .isEqualTo("the peer ended within a message, of which 3 of 6 bytes had come: 05 62 63 |.bc|");
    }

    @Test
    @Rule("F-6")
    void messagesBeforeTheFaultAreAnswered() {
        Messages messages = new Messages((connection, heard) -> connection.send(heard));
        ScriptedConnection connection = open(Framing.lengthPrefix(1).withMaximum(3), messages);

        connection.deliver(Messages.bytes("\1a\1b\4cdef\1g"));

        assertThat(messages.heard).containsExactly("a", "b", "<PROTOCOL_ERROR>");
        assertThat(connection.sentText()).isEqualTo("\1a\1b");
        assertThat(connection.detail())
                .isEqualTo("a length of 4, but a message may have 3 bytes: 04 63 64 65 66 01 67 |.cdef.g|");
    }

    @Test
    @Rule("F-2")
    void oneSendIsOneMessageOfAllItsParts() {
        ScriptedConnection connection = open((messages, in) -> {
            ByteBuffer first = ByteBuffer.wrap(Messages.bytes("ab"));
            assertThat(messages.send(first, in)).isTrue();
            assertThat(first.hasRemaining() || in.hasRemaining()).isFalse();
        });

        connection.deliver(Messages.bytes("\1c"));

        assertThat(connection.sentText()).isEqualTo("\3abc");
    }

    @Test
    @Rule("F-11")
    void aTextIsSentInTheCharsetOfTheFraming() {
        Charset gbk = Charset.forName("GBK");
        for (Framing framing : List.of(Framing.line().withCharset(gbk), Framing.line())) {
            ScriptedConnection connection = open(framing, new Messages((messages, heard) -> messages.send("温度")));

            connection.deliver("?\n");

            assertThat(connection.sent()).isEqualTo("温度\n".getBytes(framing.charset()));
        }
    }

    private static ScriptedConnection open(ProtocolHandler messages) {
        return open(FRAMING, messages);
    }

    private static ScriptedConnection open(Framing framing, ProtocolHandler messages) {
        ScriptedConnection connection = new ScriptedConnection(framing.around(messages));
        connection.open();
        return connection;
    }
}
