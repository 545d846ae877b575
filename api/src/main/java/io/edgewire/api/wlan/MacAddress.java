package io.edgewire.api.wlan;

import java.util.HexFormat;

/** A 48-bit hardware address: an interface's, or an access point's BSSID. */
public record MacAddress(long bits) {
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");
    private static final int BYTES = 6;

    /** Checks that no more than 48 bits are used. */
    public MacAddress {
        if (bits < 0 || bits >>> 48 != 0) {
            throw new IllegalArgumentException("a hardware address has 48 bits, but got " + Long.toHexString(bits));
        }
    }

    /**
     * Reads six pairs of hexadecimal digits with colons between them.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static MacAddress parse(String text) {
        byte[] bytes;
        try {
            bytes = COLONS.parseHex(text);
        } catch (IllegalArgumentException e) {
            bytes = new byte[0];
        }
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a hardware address looks like 02:00:00:00:00:01, but got " + text);
        }
        long bits = 0;
        for (byte b : bytes) {
            bits = bits << 8 | (b & 0xff);
        }
        return new MacAddress(bits);
    }

    @Override
    public String toString() {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = (byte) (bits >>> 8 * (BYTES - 1 - i));
        }
        return COLONS.formatHex(bytes);
    }
}
