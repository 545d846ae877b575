package io.edgewire.examples.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            68 69          | hi
            68 0a          | h\\n
            0d 0a 09       | \\r\\n\\t
            1b 5b 32 4a    | \\x1b[2J
            7f             | \\x7f
            5c             | \\\\
            e4 bd a0       | 你
            e4 bd          | \\xe4\\xbd
            ff 61          | \\xffa
            c2 9b          | \\u{9b}
            e2 80 ae       | \\u{202e}
            f0 9f 98 80    | 😀
            """)
    void bytesAreShownAndNoneIsObeyed(String bytes, String shown) {
        assertThat(Printable.text(bytes(bytes))).isEqualTo(shown);
    }

    @Test
    void linesMayStayLines() {
        assertThat(Printable.lines(bytes("61 0a 1b 5c"))).isEqualTo("a\n\\x1b\\");
    }

    @Test
    void aBufferIsLookedAtAndNotTaken() {
        ByteBuffer bytes = ByteBuffer.wrap("xabx".getBytes(StandardCharsets.UTF_8), 1, 2);
        assertThat(Printable.hex(bytes)).isEqualTo("61 62");
        assertThat(Printable.text(bytes)).isEqualTo("ab");
        assertThat(bytes.remaining()).isEqualTo(2);
    }

    private static ByteBuffer bytes(String digits) {
        return ByteBuffer.wrap(HexFormat.ofDelimiter(" ").parseHex(digits));
    }
}
