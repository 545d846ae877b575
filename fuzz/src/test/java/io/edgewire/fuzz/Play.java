package io.edgewire.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.protocols.framing.Framing;
import io.edgewire.testkit.protocol.ScriptedConnection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Plays a stream to a handler of messages, in reads of any size and with pauses. The messages and the end must be those of
 * the same stream in one read; no message is longer than allowed; nothing throws; and what was heard, sent again, is
 * heard again.
 */
final class Play implements ProtocolHandler {
    private final List<String> messages = new ArrayList<>();
    private final boolean pauses;
    private Connection framed;

    private Play(boolean pauses) {
        this.pauses = pauses;
    }

    static void check(Framing framing, FuzzedDataProvider data) {
        boolean pauses = data.consumeBoolean();
        byte[] steps = data.consumeBytes(12);
        byte[] stream = data.consumeRemainingAsBytes();

        Play whole = new Play(false);
        ScriptedConnection inOne = play(framing, whole, stream, new byte[0]);
        Play cut = new Play(pauses);
        ScriptedConnection inPieces = play(framing, cut, stream, steps);

        require(cut.messages.equals(whole.messages), "other messages: " + cut.messages + " and " + whole.messages);
        require(inPieces.closed().equals(inOne.closed()), "another end: " + inPieces.closed());
        require(fault(inPieces).equals(fault(inOne)), "told otherwise: " + fault(inPieces));
        for (String message : whole.messages) {
            require(message.length() <= framing.maximum(), "a message of " + message.length() + " bytes");
        }
        checkRoundTrip(framing, whole.messages);
    }

    /** What is told without the bytes that are shown, which are those that had come. */
    private static String fault(ScriptedConnection connection) {
        String detail = connection.detail();
        return detail.substring(0, detail.indexOf(": ") + 1);
    }

    private static void checkRoundTrip(Framing framing, List<String> messages) {
        ScriptedConnection sender = new ScriptedConnection((connection, in) -> {});
        sender.open();
        List<String> sent = new ArrayList<>();
        for (String message : messages) {
            byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
            try {
                framing.send(sender, ByteBuffer.wrap(bytes));
                sent.add(message);
            } catch (IllegalArgumentException cannotBeFramed) {
                // A line that ends with CR, say, which came with CR LF after it: told, and not sent.
                require(cannotBeFramed.getMessage().startsWith("the message"), cannotBeFramed.getMessage());
            }
        }
        Play again = new Play(false);
        play(framing, again, sender.sent(), new byte[0]);
        require(again.messages.equals(sent), "sent " + sent + " and heard " + again.messages);
    }

    private static ScriptedConnection play(Framing framing, Play messages, byte[] stream, byte[] steps) {
        ScriptedConnection connection = new ScriptedConnection(framing.around(messages));
        connection.open();
        int step = 0;
        for (int from = 0; from < stream.length; ) {
            int size = steps.length == 0 ? stream.length : 1 + Math.floorMod(steps[step++ % steps.length], 9);
            int to = Math.min(stream.length, from + size);
            connection.deliver(Arrays.copyOfRange(stream, from, to));
            from = to;
        }
        connection.peerCloses();
        while (messages.framed != null
                && !messages.framed.reading()
                && connection.closed().isEmpty()) {
            messages.framed.resumeReading();
        }
        require(connection.failure().isEmpty(), "failed: " + connection.failure());
        require(connection.closed().isPresent(), "not closed");
        return connection;
    }

    @Override
    public void onOpen(Connection connection) {
        framed = connection;
    }

    @Override
    public void onBytes(Connection connection, ByteBuffer in) {
        require(connection.reading(), "a message during a pause");
        messages.add(StandardCharsets.ISO_8859_1.decode(in).toString());
        if (pauses) {
            connection.pauseReading();
        }
    }

    @Override
    public void onClosed(Connection connection, CloseReason reason) {
        framed = null;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
