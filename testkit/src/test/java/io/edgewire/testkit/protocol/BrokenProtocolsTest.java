package io.edgewire.testkit.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.testkit.RuleRun;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Each handler here breaks one rule, and the contract test says which. */
class BrokenProtocolsTest {
    @Test
    void aCorrectHandlerPasses() {
        RuleRun run = RuleRun.of(CorrectAnswers.class);

        assertThat(run.failures()).isEmpty();
        assertThat(run.tests()).isGreaterThan(8);
    }

    @Test
    void whoAnswersReadsInsteadOfMessagesBreaksP3() {
        assertBreaks("P-3", AnswersReads.class);
    }

    @Test
    void whoKeepsTheBufferBreaksP4() {
        assertBreaks("P-4", KeepsBufferAnswers.class);
    }

    @Test
    void whoIgnoresTheFinBreaksP5() {
        assertBreaks("P-5", IgnoresFinAnswers.class);
    }

    @Test
    void whoIgnoresDrainingBreaksP6() {
        assertBreaks("P-6", IgnoresDrainingAnswers.class);
    }

    @Test
    void whoSharesStateBreaksP7() {
        assertBreaks("P-7", SharesStateAnswers.class);
    }

    @Test
    void whoThrowsAtStrangeBytesBreaksP8() {
        assertBreaks("P-8", ThrowsAnswers.class);
    }

    @Test
    void whoSendsWithoutMeasureBreaksP9() {
        assertBreaks("P-9", SendsMuchAnswers.class);
    }

    private static void assertBreaks(String rule, Class<? extends ProtocolTck> tck) {
        assertThat(RuleRun.of(tck).brokenRules()).containsExactly(rule);
    }

    /** Answers each line in capitals; `bye` ends. */
    static class Lines implements ProtocolHandler {
        final ByteArrayOutputStream line;

        Lines() {
            this(new ByteArrayOutputStream());
        }

        Lines(ByteArrayOutputStream line) {
            this.line = line;
        }

        @Override
        public void onBytes(Connection connection, ByteBuffer in) {
            while (in.hasRemaining()) {
                take(connection, in.get());
            }
        }

        void take(Connection connection, byte b) {
            line.write(b);
            if (b == '\n') {
                String text = line.toString(StandardCharsets.ISO_8859_1);
                line.reset();
                connection.send(text.toUpperCase(Locale.ROOT));
                if (text.equals("bye\n")) {
                    connection.close();
                }
            }
        }
    }

    abstract static class LinesAnswers extends ProtocolTck {
        @Override
        protected List<Conversation> conversations() {
            return List.of(
                    Conversation.of("one\ntwo\nthr", "ONE\nTWO\n"),
                    Conversation.of("hello\nbye\n", "HELLO\nBYE\n").closing());
        }
    }

    static class CorrectAnswers extends LinesAnswers {
        @Override
        protected ProtocolFactory protocol() {
            return Lines::new;
        }
    }

    static class AnswersReads extends LinesAnswers {
        @Override
        protected ProtocolFactory protocol() {
            return () -> new Lines() {
                @Override
                public void onBytes(Connection connection, ByteBuffer in) {
                    line.reset(); // What the last read left over is forgotten.
                    super.onBytes(connection, in);
                }
            };
        }
    }

    static class KeepsBufferAnswers extends LinesAnswers {
        @Override
        protected ProtocolFactory protocol() {
            return () -> new Lines() {
                private final List<ByteBuffer> kept = new ArrayList<>();

                @Override
                public void onBytes(Connection connection, ByteBuffer in) {
                    kept.add(in);
                    if (StandardCharsets.ISO_8859_1
                            .decode(in.duplicate())
                            .toString()
                            .contains("\n")) {
                        kept.forEach(buffer -> super.onBytes(connection, buffer));
                        kept.clear();
                    }
                }
            };
        }
    }

    static class IgnoresFinAnswers extends LinesAnswers {
        @Override
        protected ProtocolFactory protocol() {
            return () -> new Lines() {
                @Override
                public void onPeerClosed(Connection connection) {
                    connection.send("still here\n");
                }
            };
        }
    }

    static class IgnoresDrainingAnswers extends LinesAnswers {
        @Override
        protected ProtocolFactory protocol() {
            return () -> new Lines() {
                @Override
                public void onStopping(Connection connection) {
                    connection.send("no\n");
                }
            };
        }
    }

    static class SharesStateAnswers extends LinesAnswers {
        @Override
        protected ProtocolFactory protocol() {
            ByteArrayOutputStream shared = new ByteArrayOutputStream();
            return () -> new Lines(shared) {
                @Override
                public void onClosed(Connection connection, CloseReason reason) {
                    shared.reset();
                }
            };
        }
    }

    static class ThrowsAnswers extends LinesAnswers {
        @Override
        protected ProtocolFactory protocol() {
            return () -> new Lines() {
                @Override
                void take(Connection connection, byte b) {
                    if (b < 0) {
                        throw new IllegalArgumentException("not ASCII");
                    }
                    super.take(connection, b);
                }
            };
        }
    }

    static class SendsMuchAnswers extends LinesAnswers {
        @Override
        protected ProtocolFactory protocol() {
            return () -> new Lines() {
                private int count;

                @Override
                void take(Connection connection, byte b) {
                    super.take(connection, b);
                    if (++count == 1000) {
                        connection.send(ByteBuffer.allocate(2 * 1024 * 1024));
                    }
                }
            };
        }
    }
}
