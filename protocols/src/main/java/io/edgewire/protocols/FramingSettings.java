package io.edgewire.protocols;

import io.edgewire.protocols.framing.FramingOptions;
import io.edgewire.wiring.Settings;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.HexFormat;

/** Reads {@code edgewire.protocol.framing}. */
final class FramingSettings {
    private static final String HEX = "hex:";

    private enum Endianness {
        BIG,
        LITTLE
    }

    private enum LineEndSent {
        LF,
        CRLF
    }

    private FramingSettings() {}

    static FramingOptions read(Settings settings) {
        boolean little = settings.choice("endianness", Endianness.class) == Endianness.LITTLE;
        return settings.valid(() -> new FramingOptions(
                settings.choice("kind", FramingOptions.Kind.class),
                settings.bytes("maximum", 1, Integer.MAX_VALUE),
                settings.bytes("length", 1, Integer.MAX_VALUE),
                delimiter(settings),
                charset(settings),
                settings.choice("line-end", LineEndSent.class) == LineEndSent.CRLF,
                settings.flag("strip"),
                little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN,
                settings.integer("offset", 0, 255),
                settings.integer("adjustment", -1024, 1024),
                settings.flag("counts-header")));
    }

    /** One character a byte. */
    private static String delimiter(Settings settings) {
        String text = settings.text("delimiter");
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (text.startsWith(HEX)) {
            try {
                bytes = HexFormat.of().parseHex(text, HEX.length(), text.length());
            } catch (IllegalArgumentException e) {
                throw settings.invalid("delimiter", "a text, or hex: and an even number of digits, such as hex:0d0a");
            }
        }
        if (bytes.length < 1 || bytes.length > 256) {
            throw settings.invalid("delimiter", "1 to 256 bytes, as a text or as hex: and digits, such as hex:0d0a");
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static Charset charset(Settings settings) {
        try {
            return Charset.forName(settings.text("charset"));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw settings.invalid("charset", "a charset that this Java knows, such as UTF-8, GBK or ISO-8859-1");
        }
    }
}
