package io.edgewire.examples.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

class ClientOutputTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

    @Test
    void aPipeGetsTheBytesAsTheyAre() throws IOException {
        show(new ClientOutput.Look(false, false, false, false, false, true), new byte[] {0, -1, 27});
        assertThat(out.toByteArray()).containsExactly(0, -1, 27);
    }

    @Test
    void ofMessagesAPipeGetsLines() throws IOException {
        show(new ClientOutput.Look(false, true, false, false, false, true), new byte[] {-1}, new byte[0]);
        assertThat(out.toByteArray()).containsExactly(-1, '\n', '\n');
    }

    @Test
    void aTerminalObeysNothing() throws IOException {
        show(terminal(), "a\u001b[2J\nb".getBytes(StandardCharsets.UTF_8));
        assertThat(out).hasToString("a\\x1b[2J\nb");
    }

    @Test
    void aCharacterThatTwoReadsShareIsShownWhole() throws IOException {
        byte[] text = "你好😀é.".getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= text.length; cut++) {
            out.reset();
            ClientOutput output = output(terminal());
            output.received(ByteBuffer.wrap(text, 0, cut));
            output.received(ByteBuffer.wrap(text, cut, text.length - cut));
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .as("cut at %s", cut)
                    .isEqualTo("你好😀é.");
        }
    }

    @Test
    void whatIsToldBeginsALineOfItsOwn() throws IOException {
        ClientOutput output = output(terminal());
        output.received(ByteBuffer.wrap(new byte[] {'a', (byte) 0xe4}));
        output.endLine();
        output.endLine();
        assertThat(out).hasToString("a\\xe4\n");
    }

    @Test
    void withTimesBothDirectionsAreToldWithTheirLength() throws IOException {
        ClientOutput output = output(new ClientOutput.Look(true, false, true, false, false, true));
        output.sent(ByteBuffer.wrap(new byte[] {1}));
        output.received(ByteBuffer.wrap(new byte[] {2, 3}));
        assertThat(notes).hasToString("12:00:01.005 > 1 B  01" + System.lineSeparator());
        assertThat(out).hasToString("12:00:01.005 < 2 B  02 03\n");
    }

    private static ClientOutput.Look terminal() {
        return new ClientOutput.Look(false, false, false, true, false, false);
    }

    private void show(ClientOutput.Look look, byte[]... reads) throws IOException {
        ClientOutput output = output(look);
        for (byte[] read : reads) {
            output.received(ByteBuffer.wrap(read));
        }
    }

    private ClientOutput output(ClientOutput.Look look) {
        PrintStream stream = new PrintStream(notes, true, StandardCharsets.UTF_8);
        return new ClientOutput(out, stream, look, () -> LocalTime.of(12, 0, 1, 5_000_000));
    }
}
