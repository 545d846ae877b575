package io.edgewire.protocols.framing;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * A framing with a stream and the messages in it; one character is a byte.
 *
 * @param stream what is on the wire
 * @param messages what is delivered, and what is sent to make the stream
 */
record Sample(String name, Framing framing, String stream, List<String> messages) {
    static Stream<Sample> all() {
        return Stream.of(
                of("length1", Framing.lengthPrefix(1), "\1a\0\3bcd\2ef", "a", "", "bcd", "ef"),
                of("length2", Framing.lengthPrefix(2), "\0\1a\0\0\0\3bcd\0\2ef", "a", "", "bcd", "ef"),
                of("length4", Framing.lengthPrefix(4), "\0\0\0\1a\0\0\0\0\0\0\0\3bcd", "a", "", "bcd"),
                of("length8", Framing.lengthPrefix(8), "\0\0\0\0\0\0\0\1a\0\0\0\0\0\0\0\0", "a", ""),
                of(
                        "length4 little",
                        Framing.lengthPrefix(4).littleEndian(),
                        "\1\0\0\0a\0\0\0\0\2\0\0\0bc",
                        "a",
                        "",
                        "bc"),
                of("length2 little", Framing.lengthPrefix(2).littleEndian(), "\1\0a\0\0\2\0bc", "a", "", "bc"),
                of("length8 little", Framing.lengthPrefix(8).littleEndian(), "\1\0\0\0\0\0\0\0a", "a"),
                of("counts header", Framing.lengthPrefix(2).countingHeader(), "\0\3a\0\2\0\5bcd", "a", "", "bcd"),
                of("adjusted", Framing.lengthPrefix(1).withAdjustment(2), "\1abc\0de\2fghi", "abc", "de", "fghi"),
                of("adjusted down", Framing.lengthPrefix(1).withAdjustment(-3), "\4a\3\6bcd", "a", "", "bcd"),
                of("kept", Framing.lengthPrefix(1).kept(), "\1a\0\3bcd", "\1a", "\0", "\3bcd"),
                of("offset", Framing.lengthPrefix(2).withOffset(1), "T\0\1aU\0\0V\0\2bc", "T\0\1a", "U\0\0", "V\0\2bc"),
                of(
                        "counting offset",
                        Framing.lengthPrefix(1).withOffset(2).countingHeader(),
                        "ab\5cdef\3",
                        "ab\5cd",
                        "ef\3"),
                of("delimiter", Framing.delimiter((byte) 0), "a\0\0bcd\0", "a", "", "bcd"),
                of("delimiter of two", Framing.delimiter(Messages.bytes("--")), "a----b-c--", "a", "", "b-c"),
                of("delimiter that repeats", Framing.delimiter(Messages.bytes("abab")), "aababbabab", "a", "b"),
                of(
                        "kept delimiter",
                        Framing.delimiter(Messages.bytes("\r\n")).kept(),
                        "a\r\n\r\nb\n\r\n",
                        "a\r\n",
                        "\r\n",
                        "b\n\r\n"),
                of("line", Framing.line(), "a\n\nb\rc\n\rd\n", "a", "", "b\rc", "\rd"),
                of("line crlf", Framing.line().sendingCrLf(), "a\r\n\r\nb\rc\r\n", "a", "", "b\rc"),
                of("kept line", Framing.line().kept(), "a\n\nb\r\n", "a\n", "\n", "b\r\n"),
                of(
                        "line utf-8",
                        Framing.line(),
                        latin1("grüß\n温度\n", StandardCharsets.UTF_8),
                        latin1("grüß", StandardCharsets.UTF_8),
                        latin1("温度", StandardCharsets.UTF_8)),
                of(
                        "line gbk",
                        Framing.line().withCharset(Charset.forName("GBK")),
                        latin1("温度\n", Charset.forName("GBK")),
                        latin1("温度", Charset.forName("GBK"))),
                of(
                        "line latin-1",
                        Framing.line().withCharset(StandardCharsets.ISO_8859_1),
                        "\u00ff\u00fe\n",
                        "\u00ff\u00fe"),
                of("fixed", Framing.fixedLength(3), "abcdef\0\n\r", "abc", "def", "\0\n\r"));
    }

    private static Sample of(String name, Framing framing, String stream, String... messages) {
        return new Sample(name, framing, stream, List.of(messages));
    }

    private static String latin1(String text, Charset charset) {
        return new String(text.getBytes(charset), StandardCharsets.ISO_8859_1);
    }

    byte[] bytes() {
        return Messages.bytes(stream);
    }

    @Override
    public String toString() {
        return name;
    }
}
