package io.edgewire.bench.soak;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewire.bench.soak.EchoCheck.Word;
import io.edgewire.bench.soak.EchoCheck.WrongByteException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class EchoCheckTest {
    private static final long SEED = 7;

    private final EchoCheck check = new EchoCheck(new Payload(SEED));

    @Test
    void theEchoIsRecognisedHoweverItIsCutAndWhateverWordsStandBetween() throws WrongByteException {
        String whole =
                "Hello!\nrecv: " + payload(3) + "PING\nrecv: " + payload(5).substring(3) + "PONG\nend";
        for (byte each : whole.getBytes(ISO_8859_1)) {
            check.take(ByteBuffer.wrap(new byte[] {each}));
        }
        assertThat(check.heard()).isEqualTo(5);
        assertThat(check.count(Word.GREETING)).isEqualTo(1);
        assertThat(check.count(Word.PREFIX)).isEqualTo(2);
        assertThat(check.count(Word.PING)).isEqualTo(1);
        assertThat(check.count(Word.PONG)).isEqualTo(1);
        assertThat(check.count(Word.END)).isEqualTo(1);
        assertThat(check.isBetweenWords()).isTrue();
    }

    @Test
    void aByteThatIsMissingIsFound() {
        assertWrong(payload(4).substring(0, 2) + payload(4).substring(3), "byte 2 of the echo");
    }

    @Test
    void aByteThatCameTwiceIsFound() {
        assertWrong(payload(2) + payload(2).substring(1), "byte 2 of the echo");
    }

    @Test
    void aWordThatIsCutOffIsFound() throws WrongByteException {
        check.take(bytes("rec"));
        assertThat(check.isBetweenWords()).isFalse();
        assertWrong(payload(1), "a word was cut off after rec");
    }

    @Test
    void aWordThatIsNoneIsFound() {
        assertWrong("recv. ", "no word of the server begins with recv.");
    }

    private void assertWrong(String text, String why) {
        assertThatThrownBy(() -> check.take(bytes(text)))
                .isInstanceOf(WrongByteException.class)
                .hasMessageContaining(why);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }

    private static String payload(int length) {
        Payload payload = new Payload(SEED);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = payload.next();
        }
        return new String(bytes, ISO_8859_1);
    }
}
