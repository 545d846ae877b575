package io.edgewire.protocols.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewire.api.CloseReason;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.testkit.Rule;
import io.edgewire.testkit.protocol.ScriptedConnection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the peer must not send, and what we must not. */
class RefusalTest {
    /** A stream that is refused with its last byte, and not before; and what is told of it. */
    private record Fault(Framing framing, String stream, String told) {}

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault(
                        Framing.lengthPrefix(1).withMaximum(3),
                        "\4",
                        "a length of 4, but a message may have 3 bytes: 04 |.|"),
                new Fault(
                        Framing.lengthPrefix(2).withMaximum(3),
                        "\1\0",
                        "a length of 256, but a message may have 3 bytes: 01 00 |..|"),
                new Fault(
                        Framing.lengthPrefix(4),
                        "GET ",
                        "a length of 1195725856, but a message may have 65536 bytes: 47 45 54 20 |GET |"),
                new Fault(
                        Framing.lengthPrefix(4),
                        "\u00ff\u00ff\u00ff\u00ff",
                        "a length of 4294967295, but a message may have 65536 bytes: ff ff ff ff |....|"),
                new Fault(
                        Framing.lengthPrefix(4).littleEndian(),
                        "\1\0\1\0",
                        "a length of 65537, but a message may have 65536 bytes: 01 00 01 00 |....|"),
                new Fault(
                        Framing.lengthPrefix(8),
                        "\u00ff".repeat(8),
                        "a length of 18446744073709551615, but a message may have 65536 bytes: ff ff ff ff ff ff ff ff |........|"),
                new Fault(
                        Framing.lengthPrefix(8).withAdjustment(9),
                        "\u007f" + "\u00ff".repeat(7),
                        "a length of 9223372036854775807, but a message may have 65536 bytes: 7f ff ff ff ff ff ff ff |........|"),
                new Fault(
                        Framing.lengthPrefix(2).countingHeader(),
                        "\0\1",
                        "a length of 1, which is less than the header: 00 01 |..|"),
                new Fault(
                        Framing.lengthPrefix(1).withAdjustment(-3),
                        "\2",
                        "a length of 2, which is less than the header: 02 |.|"),
                new Fault(
                        Framing.lengthPrefix(1).kept().withMaximum(3),
                        "\3",
                        "a length of 3, but a message may have 3 bytes: 03 |.|"),
                new Fault(Framing.line().withMaximum(3), "abcd", "a line of more than 3 bytes: 61 62 63 64 |abcd|"),
                new Fault(
                        Framing.line().withMaximum(3), "abc\rd", "a line of more than 3 bytes: 61 62 63 0d 64 |abc.d|"),
                new Fault(Framing.line().kept().withMaximum(3), "abc", "a line of more than 3 bytes: 61 62 63 |abc|"),
                new Fault(Framing.line(), "a\u00c3(\n", "no UTF-8 text at byte 1 of a line: c3 28 0a |.(.|"),
                new Fault(Framing.line(), "\u00e6\u00b8\n", "no UTF-8 text at byte 0 of a line: e6 b8 0a |...|"),
                new Fault(
                        Framing.line().withCharset(StandardCharsets.US_ASCII),
                        "ab\u0080\n",
                        "no US-ASCII text at byte 2 of a line: 80 0a |..|"),
                new Fault(
                        Framing.delimiter(Messages.bytes("--")).withMaximum(3),
                        "abc-d",
                        "no delimiter, but a message may have 3 bytes: 61 62 63 2d 64 |abc-d|"),
                new Fault(
                        Framing.delimiter(Messages.bytes("--")).kept().withMaximum(4),
                        "abc-",
                        "no delimiter, but a message may have 4 bytes: 61 62 63 2d |abc-|"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    @Rule("F-6")
    void whatIsNoFrameIsRefusedAtOnceAndShown(Fault fault) {
        byte[] stream = Messages.bytes(fault.stream());
        for (int cut = 0; cut < stream.length; cut++) {
            Messages messages = new Messages();
            ScriptedConnection connection = open(fault.framing(), messages);
            if (cut > 0) {
                connection.deliver(Arrays.copyOf(stream, cut));
                assertThat(connection.closed()).isEmpty();
            }
            connection.deliver(Arrays.copyOfRange(stream, cut, stream.length));

            assertThat(messages.heard).containsExactly("<PROTOCOL_ERROR>");
            assertThat(connection.closed()).contains(CloseReason.PROTOCOL_ERROR);
            assertThat(connection.detail()).isEqualTo(fault.told());
        }
    }

    @Test
    @Rule("F-6")
    void theLongestMessageIsAccepted() {
        accepts(Framing.lengthPrefix(1).withMaximum(3), "\3abc", "abc");
        accepts(Framing.lengthPrefix(1).kept().withMaximum(4), "\3abc", "\3abc");
        accepts(Framing.line().withMaximum(3), "abc\r\n", "abc");
        accepts(Framing.line().kept().withMaximum(4), "abc\n", "abc\n");
        accepts(Framing.delimiter(Messages.bytes("--")).withMaximum(3), "abc--", "abc");
        accepts(Framing.delimiter(Messages.bytes("--")).kept().withMaximum(5), "abc--", "abc--");
    }

    /** What cannot be sent, and why. */
    private record Unsendable(Framing framing, String message, String why) {}

    static Stream<Unsendable> unsendable() {
        return Stream.of(
                new Unsendable(
                        Framing.lengthPrefix(2).withMaximum(3), "abcd", "the message has 4 bytes, but may have 3"),
                new Unsendable(
                        Framing.lengthPrefix(1),
                        "x".repeat(256),
                        "the message has 256 bytes, which a length of 1 bytes cannot tell"),
                new Unsendable(
                        Framing.lengthPrefix(1).withAdjustment(2),
                        "x",
                        "the message has 1 bytes, which a length of 1 bytes cannot tell"),
                new Unsendable(
                        Framing.lengthPrefix(2).kept(), "x", "the message has 1 bytes, but its header alone has 2"),
                new Unsendable(Framing.line().withMaximum(3), "abcd", "the message has 4 bytes, but may have 3"),
                new Unsendable(Framing.line(), "a\nb", "the message contains a line end: LF at byte 1"),
                new Unsendable(Framing.line(), "ab\r", "the message contains a line end: CR at its end"),
                new Unsendable(Framing.line().kept(), "ab", "the message must end with LF and have none elsewhere"),
                new Unsendable(Framing.line().kept(), "a\nb\n", "the message must end with LF and have none elsewhere"),
                new Unsendable(
                        Framing.delimiter(Messages.bytes("--")),
                        "a--b",
                        "the message contains the delimiter, or would together with it"),
                new Unsendable(
                        Framing.delimiter(Messages.bytes("--")),
                        "a-",
                        "the message contains the delimiter, or would together with it"),
                new Unsendable(
                        Framing.delimiter(Messages.bytes("--")).kept(),
                        "a",
                        "the message must end with the delimiter and not contain it elsewhere"),
                new Unsendable(
                        Framing.delimiter(Messages.bytes("--")).kept(),
                        "a--b--",
                        "the message must end with the delimiter and not contain it elsewhere"),
                new Unsendable(Framing.fixedLength(3), "ab", "the message has 2 bytes, but all messages have 3"),
                new Unsendable(Framing.fixedLength(3), "abcd", "the message has 4 bytes, but may have 3"));
    }

    @ParameterizedTest
    @MethodSource("unsendable")
    @Rule("F-10")
    void whatCannotBeFramedIsRefusedBeforeAnythingIsSent(Unsendable wrong) {
        ScriptedConnection stream = open((connection, in) -> {});
        byte[] bytes = Messages.bytes(wrong.message());
        int middle = bytes.length / 2;

        assertThatThrownBy(() -> wrong.framing().send(stream, ByteBuffer.wrap(bytes)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(wrong.why());
        ByteBuffer first = ByteBuffer.wrap(bytes, 0, middle);
        ByteBuffer second = ByteBuffer.wrap(bytes, middle, bytes.length - middle);
        assertThatThrownBy(() -> wrong.framing().send(stream, first, second)).hasMessage(wrong.why());

        assertThat(first.remaining() + second.remaining()).isEqualTo(bytes.length);
        assertThat(stream.sent()).isEmpty();
    }

    @Test
    void settingsThatDoNotFitAreRefused() {
        refuses(() -> Framing.lengthPrefix(3), "a length has 1, 2, 4 or 8 bytes, not 3");
        refuses(() -> Framing.lengthPrefix(4).withMaximum(0), "maximum is 0, but must be 1 to 2147482623");
        refuses(() -> Framing.lengthPrefix(4).withOffset(256), "offset is 256, but must be 0 to 255");
        refuses(() -> Framing.lengthPrefix(4).withAdjustment(-1025), "adjustment is -1025, but must be -1024 to 1024");
        refuses(() -> Framing.lengthPrefix(4).kept().withMaximum(3), "maximum is 3, but must be 4 to 2147482623");
        refuses(
                () -> new LengthPrefix(4, ByteOrder.BIG_ENDIAN, 2, 0, false, true, 9),
                "the 2 bytes before the length would be lost: with an offset messages keep their header");
        refuses(
                () -> Framing.line().withCharset(StandardCharsets.UTF_16),
                "charset is UTF-16, but must be one in which CR and LF are single bytes, 13 and 10");
        refuses(() -> Framing.delimiter(), "the length of the delimiter is 0, but must be 1 to 256");
        refuses(() -> Framing.fixedLength(0), "length is 0, but must be 1 to 2147483647");
    }

    private static void refuses(Runnable settings, String why) {
        assertThatThrownBy(settings::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
    }

    private static void accepts(Framing framing, String stream, String message) {
        Messages messages = new Messages();
        ScriptedConnection connection = open(framing, messages);
        for (byte b : Messages.bytes(stream)) {
            connection.deliver(b);
        }
        assertThat(messages.heard).containsExactly(message);
    }

    private static ScriptedConnection open(Framing framing, Messages messages) {
        return open(framing.around(messages));
    }

    private static ScriptedConnection open(ProtocolHandler handler) {
        ScriptedConnection connection = new ScriptedConnection(handler);
        connection.open();
        return connection;
    }
}
