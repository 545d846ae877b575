package io.edgewire.testkit.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * An example of what a protocol says: to this input it answers with that output.
 *
 * @param input every byte of the peer
 * @param output every byte of the handler, from open on
 * @param ending who is next
 */
public record Conversation(byte[] input, byte[] output, Ending ending) {
    /** What follows a conversation. */
    public enum Ending {
        /** The handler waits for more. */
        GOES_ON,
        /** The handler has closed. */
        CLOSES
    }

    /** Copies the bytes. */
    public Conversation {
        input = input.clone();
        output = output.clone();
        Objects.requireNonNull(ending, "ending");
    }

    /** A conversation in UTF-8 that goes on. */
    public static Conversation of(String input, String output) {
        return new Conversation(utf8(input), utf8(output), Ending.GOES_ON);
    }

    /** The same, but the handler has closed at its end. */
    public Conversation closing() {
        return new Conversation(input, output, Ending.CLOSES);
    }

    @Override
    public byte[] input() {
        return input.clone();
    }

    @Override
    public byte[] output() {
        return output.clone();
    }

    @Override
    public String toString() {
        return "'" + text(input) + "' is answered by '" + text(output) + "'";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).replace("\n", "\\n");
    }
}
