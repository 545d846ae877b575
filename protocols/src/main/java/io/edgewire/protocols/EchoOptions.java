package io.edgewire.protocols;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What {@link Echo} says. Texts go out in UTF-8.
 *
 * @param greeting sent on open, up to 4096 bytes; each {@code %d} in it becomes the connection's number; empty sends
 *     nothing
 * @param prefix sent before the bytes of each read, up to 1024 bytes; may be empty
 * @param end the word that ends the conversation, up to 256 bytes; empty never ends it
 */
public record EchoOptions(String greeting, String prefix, String end) {
    /** The tutorial's server: {@code Hello!}, {@code recv: } and {@code end}. */
    public static final EchoOptions DEFAULTS = new EchoOptions("Hello!\n", "recv: ", "end");
    /** The plain echo service of RFC 862: everything empty. */
    public static final EchoOptions RFC_862 = new EchoOptions("", "", "");

    private static final int LONGEST_GREETING = 4096;
    private static final int LONGEST_PREFIX = 1024;
    private static final int LONGEST_END = 256;

    /** Checks the lengths. */
    public EchoOptions {
        atMost(greeting, LONGEST_GREETING, "greeting");
        atMost(prefix, LONGEST_PREFIX, "prefix");
        atMost(end, LONGEST_END, "end");
    }

    /** A copy with another greeting. */
    public EchoOptions withGreeting(String text) {
        return new EchoOptions(text, prefix, end);
    }

    /** A copy with another prefix. */
    public EchoOptions withPrefix(String text) {
        return new EchoOptions(greeting, text, end);
    }

    /** A copy with another end word. */
    public EchoOptions withEnd(String word) {
        return new EchoOptions(greeting, prefix, word);
    }

    private static void atMost(String text, int most, String name) {
        int length = Objects.requireNonNull(text, name).getBytes(StandardCharsets.UTF_8).length;
        if (length > most) {
            throw new IllegalArgumentException(
                    name + " has " + length + " bytes in UTF-8, but may have " + most + " at most");
        }
    }
}
