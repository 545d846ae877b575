package io.edgewire.protocols.framing;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.protocols.Echo;
import io.edgewire.protocols.EchoOptions;
import io.edgewire.protocols.Heartbeat;
import io.edgewire.protocols.HeartbeatOptions;
import io.edgewire.protocols.HeartbeatOptions.Role;
import io.edgewire.testkit.ManualScheduler;
import io.edgewire.testkit.Rule;
import io.edgewire.testkit.protocol.ScriptedConnection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Echo and heartbeat within framings. */
class FramedProtocolsTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private final ManualScheduler scheduler = new ManualScheduler();
    private final Messages inner = new Messages();

    @Test
    @Rule("E-6")
    void greetingAndAnswersOfAnEchoAreMessages() {
        ScriptedConnection connection = open(Framing.lengthPrefix(1), new Echo());

        connection.deliver(Messages.bytes("\2ab\0"));

        assertThat(connection.sentText()).isEqualTo("\6Hello!\10recv: ab\6recv: ");
    }

    @Test
    @Rule("E-6")
    void anEchoOfLinesIsReadableByPeople() {
        ScriptedConnection connection = open(Framing.line(), new Echo());

        connection.deliver("hi\r\nthe end\n");

        assertThat(connection.sentText()).isEqualTo("Hello!\nrecv: hi\nrecv: the end\n");
        assertThat(connection.closed()).contains(CloseReason.LOCAL);
    }

    @Test
    @Rule("E-6")
    void theEndWordStandsWithinOneMessage() {
        ScriptedConnection connection = open(Framing.line(), new Echo(EchoOptions.DEFAULTS.withGreeting("")));

        connection.deliver("en\nd\n");
        assertThat(connection.closing()).isFalse();
        connection.deliver("now the end of it\nnot this\n");

        assertThat(connection.closed()).contains(CloseReason.LOCAL);
        assertThat(connection.sentText()).isEqualTo("recv: en\nrecv: d\nrecv: now the end of it\n");
    }

    static Stream<Framing> framings() {
        return Stream.of(
                Framing.lengthPrefix(1),
                Framing.lengthPrefix(8).littleEndian(),
                Framing.line(),
                Framing.line().sendingCrLf(),
                Framing.delimiter((byte) 0),
                Framing.fixedLength(4));
    }

    @ParameterizedTest
    @MethodSource("framings")
    @Rule("H-9")
    void aSilentPeerIsAskedByAMessageAndAnswersByOne(Framing framing) {
        Heartbeat heartbeat = heartbeat(Role.ASK);
        ScriptedConnection connection = open(framing, heartbeat);

        connection.advance(INTERVAL);
        assertThat(connection.sent()).isEqualTo(frame(framing, "PING"));
        connection.deliver(frame(framing, "PONG"));
        connection.deliver(frame(framing, "PONG"));

        assertThat(heartbeat.roundTrips().summary().count()).isOne();
        assertThat(inner.heard).containsExactly("PONG");
    }

    @ParameterizedTest
    @MethodSource("framings")
    @Rule("H-9")
    void aPingThatIsAMessageIsAnsweredByAMessage(Framing framing) {
        ScriptedConnection connection = open(framing, heartbeat(Role.ANSWER));

        for (byte b : frame(framing, "PING")) {
            connection.deliver(b);
        }

        assertThat(connection.sent()).isEqualTo(frame(framing, "PONG"));
        assertThat(inner.heard).isEmpty();
    }

    @Test
    @Rule("H-9")
    void whatOnlyBeginsLikeAPingIsAMessageOfItsOwnAndComesAtOnce() {
        ScriptedConnection connection = open(Framing.lengthPrefix(1), heartbeat(Role.BOTH));

        connection.deliver(Messages.bytes("\2PI\2NG\0\5PINGS\5PING\n"));

        assertThat(inner.heard).containsExactly("PI", "NG", "", "PINGS", "PING\n");
        assertThat(connection.sent()).isEmpty();
    }

    @Test
    @Rule("H-9")
    void anEmptyMessageProvesLife() {
        ScriptedConnection connection = open(Framing.lengthPrefix(1), heartbeat(Role.ASK));

        for (int i = 0; i < 10; i++) {
            connection.advance(INTERVAL.minusMillis(1));
            connection.deliver(Messages.bytes("\0"));
        }

        assertThat(connection.sent()).isEmpty();
    }

    @Test
    @Rule("H-5")
    @Rule("H-9")
    void aPeerThatStaysSilentIsGivenUp() {
        ScriptedConnection connection = open(Framing.line(), heartbeat(Role.ASK));

        connection.advance(INTERVAL.multipliedBy(4));

        assertThat(connection.sentText()).isEqualTo("PING\nPING\nPING\n");
        assertThat(connection.closed()).contains(CloseReason.HEARTBEAT_LOST);
    }

    private Heartbeat heartbeat(Role role) {
        HeartbeatOptions options =
                HeartbeatOptions.DEFAULTS.withRole(role).withInterval(INTERVAL).withJitter(0);
        return new Heartbeat(inner, options, scheduler);
    }

    private ScriptedConnection open(Framing framing, ProtocolHandler handler) {
        ScriptedConnection connection = new ScriptedConnection(framing.around(handler), scheduler);
        connection.open();
        return connection;
    }

    private static byte[] frame(Framing framing, String message) {
        ScriptedConnection stream = new ScriptedConnection((connection, in) -> {});
        stream.open();
        framing.send(stream, ByteBuffer.wrap(Messages.bytes(message)));
        return stream.sent();
    }
}
