package io.edgewire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewire.protocols.framing.Framing;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** What {@code edgewire connect} refuses before it connects. */
class ConnectUsageTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --every 1s                             | --every needs --repeat N or --repeat forever
            --repeat many                          | --repeat is many, but must be a number from 1
            --repeat -1                            | --repeat is -1
            --send a --file b                      | --send and --file cannot both be sent
            --file /nowhere/at/all                 | there is no file /nowhere/at/all
            --hex-in --send 4g                     | --send: line 1, column 2: 'g' is no hexadecimal digit
            --crlf --framing line                  | --eol and --crlf are for text without
            --eol cr --hex-in                      | --eol and --crlf are for text without
            --eol dos                              | --eol
            --framing length3                      | length4
            --wait soon                            | but must be a time from 0 to 24h
            --timeout 0                            | --timeout is 0, but must be more
            --from nobody.invalid                  | --from is nobody.invalid, but must be an address
            """)
    void whatMakesNoSenseIsSaidInOneLine(String options, String message) {
        StringWriter err = new StringWriter();
        String[] args = ("connect " + options + " 127.0.0.1 9").split(" ");
        int code = EdgewireMain.run(args, new PrintWriter(new StringWriter()), new PrintWriter(err));
        assertThat(code).as(err.toString()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("edgewire: ")
                .contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            foo   | edgewire: there is no command foo, but serve, connect, config; see: edgewire --help
            conect | edgewire: there is no command conect, but serve, connect, config; did you mean connect?; see:
            """)
    void aCommandThatDoesNotExistIsToldWithThoseThatDo(String command, String message) {
        StringWriter err = new StringWriter();
        int code = EdgewireMain.run(new String[] {command}, new PrintWriter(new StringWriter()), new PrintWriter(err));
        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines()).singleElement().asString().startsWith(message);
    }

    @ParameterizedTest
    @CsvSource({"1s, 1000", "250ms, 250", "0.5, 500", "1.5m, 90000", "24h, 86400000", "0, 0", "2000us, 2"})
    void aTimeHasAUnitOrIsSeconds(String text, long millis) {
        assertThat(new DurationArgument().convert(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1s", "25h", "1 day", "NaN", "1e9"})
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> new DurationArgument().convert(text)).isInstanceOf(TypeConversionException.class);
    }

    @Test
    void aFramingIsNamedByItsKind() {
        FramingArgument framing = new FramingArgument();
        assertThat(framing.convert("line")).isEqualTo(Framing.line().withCharset(StandardCharsets.ISO_8859_1));
        assertThat(framing.convert("fixed:8")).isEqualTo(Framing.fixedLength(8));
        assertThat(framing.convert("length2")).isEqualTo(Framing.lengthPrefix(2));
        assertThat(framing.convert("length8:little"))
                .isEqualTo(Framing.lengthPrefix(8).littleEndian());
        assertThat(framing.convert("delimiter:;").longestFrame())
                .isEqualTo(framing.convert("delimiter:hex:00").longestFrame());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "fixed", "fixed:0", "fixed:x", "line:crlf", "length4:big", "delimiter", "delimiter:hex:0"})
    void whatIsNoFramingIsRefused(String text) {
        assertThatThrownBy(() -> new FramingArgument().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("but must be line, delimiter:TEXT");
    }
}
