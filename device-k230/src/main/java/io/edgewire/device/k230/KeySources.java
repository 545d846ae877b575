package io.edgewire.device.k230;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The sources of a key that need nobody to ask. */
public final class KeySources {
    /** The environment variable that may hold the key. */
    public static final String VARIABLE = "EDGEWIRE_WIFI_PASSWORD";

    /** Some editors begin UTF-8 with it; no one types it. */
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private KeySources() {}

    /** The file if one is given, otherwise the environment variable {@value #VARIABLE}. */
    public static KeySource configured(Optional<Path> passwordFile) {
        return passwordFile.map(KeySources::file).orElseGet(() -> environment(System.getenv()));
    }

    /** The variable {@value #VARIABLE} of an environment; none if it is missing or empty. */
    public static KeySource environment(Map<String, String> environment) {
        return ssid -> Optional.ofNullable(environment.get(VARIABLE))
                .filter(key -> !key.isEmpty())
                .map(String::toCharArray);
    }

    /** A file in UTF-8; a byte order mark, and one line ending at its end, are not part of the key. An empty file is a network without a key. */
    public static KeySource file(Path file) {
        return ssid -> Optional.of(read(file)).filter(key -> key.length > 0);
    }

    private static char[] read(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("the password file " + file + " does not exist", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("the password file " + file + " cannot be read: " + e, e);
        }
        try {
            return decode(file, bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static char[] decode(Path file, byte[] bytes) {
        CharBuffer text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            // The decoder's message holds a length, never the text; the cause is left out all the same.
            throw new IllegalArgumentException("the password file " + file + " is not in UTF-8");
        }
        char[] all = Arrays.copyOf(text.array(), text.limit());
        Arrays.fill(text.array(), '\0');
        int first = all.length > 0 && all[0] == BYTE_ORDER_MARK ? 1 : 0;
        char[] key = Arrays.copyOfRange(all, first, Math.max(first, withoutLineEnding(all)));
        Arrays.fill(all, '\0');
        return key;
    }

    private static int withoutLineEnding(char[] text) {
        int length = text.length;
        if (length > 0 && text[length - 1] == '\n') {
            length--;
            if (length > 0 && text[length - 1] == '\r') {
                length--;
            }
        }
        return length;
    }
}
