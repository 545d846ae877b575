package io.edgewire.examples.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HexLineTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            48 65 6c|48656c
            48656c|48656c
              4865  6C |48656c
            0x48,0X65, 0x6c|48656c
            48:65:6C|48656c
            0x48656c|48656c
            ''|''
            00 ff FF|00ffff
            """)
    void digitsAreBytesHoweverTheyAreWritten(String line, String bytes) throws BadInputException {
        assertThat(HexFormat.of().formatHex(HexLine.parse(line))).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            48 6g    | column 5: 'g' is no hexadecimal digit
            g        | column 1: 'g'
            4 8      | column 2: a byte has two digits
            484      | column 4: a byte has two digits
            0x       | column 3: a byte has two digits
            48 你    | column 4: '你'
            \u0664\u0668 | column 1:
            """)
    void aBadDigitIsNamedByItsColumn(String line, String message) {
        assertThatThrownBy(() -> HexLine.parse(line))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith(message);
    }
}
