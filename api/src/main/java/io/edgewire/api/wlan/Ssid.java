package io.edgewire.api.wlan;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The name of a wireless network: 0 to 32 bytes (IEEE 802.11-2020, 9.4.2.2), not a string, though most are UTF-8. So
 * that Chinese names survive every locale, nothing here asks the platform for its character set.
 */
public final class Ssid {
    /** How an SSID is written that is not text: {@code hex:} and two digits a byte. */
    public static final String HEX_PREFIX = "hex:";

    private static final int LONGEST = 32;

    private final byte[] bytes;

    private Ssid(byte[] bytes) {
        if (bytes.length > LONGEST) {
            throw new IllegalArgumentException(
                    "an SSID has 0 to " + LONGEST + " bytes, but this one has " + bytes.length + " (in UTF-8)");
        }
        this.bytes = bytes;
    }

    /** An SSID of these bytes, which are copied. */
    public static Ssid of(byte[] bytes) {
        return new Ssid(bytes.clone());
    }

    /**
     * Reads what a person wrote: a text, taken as UTF-8, or {@code hex:} and digits.
     *
     * @throws IllegalArgumentException if it is longer than 32 bytes or the digits are none
     */
    public static Ssid parse(String text) {
        if (!text.startsWith(HEX_PREFIX)) {
            return new Ssid(text.getBytes(StandardCharsets.UTF_8));
        }
        try {
            return new Ssid(HexFormat.of().parseHex(text, HEX_PREFIX.length(), text.length()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the SSID " + text + " must be 'hex:' and up to 32 pairs of hexadecimal digits", e);
        }
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** How many bytes it has, 0 to 32. */
    public int length() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ssid ssid && Arrays.equals(bytes, ssid.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The text where the bytes are printable UTF-8, otherwise {@code hex:…}; {@link #parse} reads both. */
    @Override
    public String toString() {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (!text.startsWith(HEX_PREFIX) && text.codePoints().noneMatch(Character::isISOControl)) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // Not UTF-8: shown as digits below, which is the other half of this method's promise.
        }
        return HEX_PREFIX + HexFormat.of().formatHex(bytes);
    }
}
