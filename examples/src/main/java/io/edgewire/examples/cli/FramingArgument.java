package io.edgewire.examples.cli;

import io.edgewire.examples.text.Printable;
import io.edgewire.protocols.framing.Framing;
import io.edgewire.protocols.framing.LengthPrefix;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A framing on the command line: the name of a kind, and after a colon what that kind wants to know. */
final class FramingArgument implements ITypeConverter<Framing> {
    private static final String KINDS =
            "line, delimiter:TEXT, delimiter:hex:DIGITS, fixed:BYTES, or length1, length2, length4, length8 with :little"
                    + " for little-endian";

    @Override
    public Framing convert(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        String detail = colon < 0 ? "" : text.substring(colon + 1);
        try {
            return switch (kind) {
                // Whatever charset the peer speaks: here bytes are passed on.
                case "line" -> only(detail, "", Framing.line().withCharset(StandardCharsets.ISO_8859_1), text);
                case "delimiter" -> Framing.delimiter(delimiter(detail));
                case "fixed" -> Framing.fixedLength(Integer.parseInt(detail));
                case "length1", "length2", "length4", "length8" -> length(kind, detail, text);
                default -> throw unknown(text);
            };
        } catch (IllegalArgumentException e) {
            throw unknown(text);
        }
    }

    private static Framing length(String kind, String detail, String text) {
        LengthPrefix prefix = Framing.lengthPrefix(kind.charAt(kind.length() - 1) - '0');
        return detail.isEmpty() ? prefix : only(detail, "little", prefix.littleEndian(), text);
    }

    private static Framing only(String detail, String allowed, Framing framing, String text) {
        if (!detail.equals(allowed)) {
            throw unknown(text);
        }
        return framing;
    }

    private static byte[] delimiter(String detail) {
        return detail.startsWith("hex:")
                ? HexFormat.of().parseHex(detail.substring("hex:".length()))
                : detail.getBytes(StandardCharsets.UTF_8);
    }

    private static TypeConversionException unknown(String text) {
        return new TypeConversionException("is " + Printable.text(text) + ", but must be " + KINDS);
    }
}
