package io.edgewire.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.protocols.Heartbeat;
import io.edgewire.protocols.HeartbeatOptions;
import io.edgewire.protocols.HeartbeatOptions.Role;
import io.edgewire.testkit.ManualScheduler;
import io.edgewire.testkit.protocol.ScriptedConnection;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Reads of any bytes through a heartbeat that answers: every byte is heard once, but for those of pings. */
class HeartbeatWordsFuzzTest {
    private static final String[] PARTS = {"PING\n", "PI", "NG\n", "PONG\n", "P", "PO", "\n", "x"};

    @FuzzTest(maxDuration = "5m")
    void words(FuzzedDataProvider data) {
        HeartbeatOptions options = HeartbeatOptions.DEFAULTS
                .withRole(data.consumeBoolean() ? Role.BOTH : Role.ANSWER)
                .withInterval(Duration.ofSeconds(1))
                .withJitter(0);
        ManualScheduler scheduler = new ManualScheduler();
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        ProtocolHandler inner = (connection, in) -> {
            while (in.hasRemaining()) {
                heard.write(in.get());
            }
        };
        ScriptedConnection connection = new ScriptedConnection(new Heartbeat(inner, options, scheduler), scheduler);
        connection.open();
        StringBuilder stream = new StringBuilder();
        while (data.remainingBytes() > 0 && connection.closed().isEmpty()) {
            String read = data.consumeBoolean() ? data.pickValue(PARTS) : latin1(data.consumeBytes(9));
            if (data.consumeInt(0, 5) == 0) {
                connection.advance(Duration.ofMillis(data.consumeInt(0, 2500)));
            } else if (!read.isEmpty()) {
                stream.append(read);
                connection.deliver(read.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        if (connection.closed().isEmpty()) {
            connection.peerCloses();
        }
        check(connection.failure().isEmpty(), "failed: " + connection.failure());
        String answers = latin1(connection.sent()).replace("PING\n", "");
        check(answers.replace("PONG\n", "").isEmpty(), "said something else: " + answers);
        checkHeard(stream.toString(), heard.toString(StandardCharsets.ISO_8859_1), answers.length());
    }

    /** What was heard is the stream without whole words, of which as many pings as were answered. */
    private static void checkHeard(String stream, String heard, int answered) {
        int missing = stream.length() - heard.length();
        check(missing >= answered && missing % 5 == 0, missing + " bytes are missing, " + answered + " were answered");
        int from = 0;
        for (char one : heard.toCharArray()) {
            while (from < stream.length() && stream.charAt(from) != one) {
                from++;
            }
            check(from < stream.length(), "heard " + heard + ", which is not in " + stream);
            from++;
        }
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
