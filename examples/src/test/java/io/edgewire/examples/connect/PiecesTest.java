package io.edgewire.examples.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PiecesTest {
    @ParameterizedTest
    @CsvSource({
        "KEEP, 'a\nb\r\nc\rd'",
        "LF, 'a\nb\nc\rd'",
        "CRLF, 'a\r\nb\r\nc\rd'",
        "CR, 'a\rb\rc\rd'",
        "NONE, 'abc\rd'"
    })
    void lineEndsBecomeWhatWasAskedForWhereverTheReadsAreCut(LineEnd end, String sent) throws Exception {
        for (int size = 1; size <= 8; size++) {
            Pieces pieces = Pieces.reads(reads("a\nb\r\nc\rd", size), end);
            assertThat(String.join("", all(pieces))).as("reads of %s", size).isEqualTo(sent);
        }
    }

    @Test
    void aCarriageReturnAtTheEndIsSent() throws Exception {
        assertThat(all(Pieces.reads(reads("a\r", 8), LineEnd.CRLF))).containsExactly("a", "\r");
    }

    @Test
    void linesAreWithoutTheirEndsAndMayBeEmpty() throws Exception {
        assertThat(all(Pieces.lines(reads("a\r\n\nb\nc", 8), 10))).containsExactly("a", "", "b", "c");
    }

    @Test
    void aLineThatIsTooLongIsNamedAndTheNextIsRead() throws Exception {
        Pieces lines = Pieces.lines(reads("abcd\r\nabcde\nf", 64), 4);
        assertThat(lines.next()).hasSize(4);
        assertThatThrownBy(lines::next).hasMessage("line 2 is longer than the 4 bytes that are sent");
        assertThat(lines.next()).containsExactly('f');
    }

    @Test
    void ofDigitsTheFaultyLineIsNamedAndTheNextIsRead() throws Exception {
        Pieces lines = Pieces.hexLines(reads("61\n\n62 6\n63", 64), 10);
        assertThat(lines.next()).containsExactly('a');
        assertThatThrownBy(lines::next).hasMessageStartingWith("line 3, column 5: ");
        assertThat(lines.next()).containsExactly('c');
        assertThat(lines.next()).isNull();
    }

    private static List<String> all(Pieces pieces) throws Exception {
        List<String> all = new ArrayList<>();
        for (byte[] next = pieces.next(); next != null; next = pieces.next()) {
            all.add(new String(next, StandardCharsets.US_ASCII));
        }
        return all;
    }

    /** A text that comes in reads of this size. */
    private static InputStream reads(String text, int size) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)) {
            @Override
            public int read(byte[] into, int from, int length) {
                return super.read(into, from, Math.min(length, size));
            }
        };
    }
}
