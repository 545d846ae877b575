package io.edgewire.examples.connect;

import io.edgewire.examples.text.Printable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Shows what a server sends: byte for byte into a pipe, made safe for a terminal, as digits, or with time and length.
 *
 * <p><b>Threads.</b> Any. It blocks for as long as the terminal or the reader of the pipe does.
 */
public final class ClientOutput {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
    private static final String COLOUR = "\u001b[36m";
    private static final String PLAIN = "\u001b[0m";

    private final OutputStream out;
    private final PrintStream notes;
    private final Look look;
    private final Supplier<LocalTime> time;
    /** The beginning of a character whose rest has not come. */
    private byte[] begun = new byte[0];

    private boolean withinLine;

    /**
     * How it looks.
     *
     * @param hex as hexadecimal digits
     * @param messages each is a line
     * @param times a line each, with time and length
     * @param terminal nothing of it may move the cursor
     * @param colour what comes stands out from what was typed
     * @param pipe somebody else reads it, and may stop
     */
    public record Look(boolean hex, boolean messages, boolean times, boolean terminal, boolean colour, boolean pipe) {}

    /**
     * An output.
     *
     * @param out where what comes goes; each write is one of the system's
     * @param notes where, with times, what is sent is told
     */
    public ClientOutput(OutputStream out, PrintStream notes, Look look, Supplier<LocalTime> time) {
        this.out = out;
        this.notes = notes;
        this.look = look;
        this.time = time;
    }

    /** Whether it is no failure that nobody takes what is written. */
    boolean mayBeLeft() {
        return look.pipe();
    }

    synchronized void received(ByteBuffer bytes) throws IOException {
        if (look.times()) {
            line(stamped('<', bytes));
        } else if (look.hex()) {
            line(Printable.hex(bytes));
        } else if (look.terminal()) {
            if (look.messages()) {
                line(Printable.text(bytes));
            } else {
                text(whole(bytes));
            }
        } else {
            exactly(bytes);
        }
    }

    synchronized void sent(ByteBuffer bytes) {
        if (look.times()) {
            notes.println(stamped('>', bytes));
        }
    }

    /** Begins a line of its own for what is no part of the conversation. */
    synchronized void endLine() throws IOException {
        if (begun.length > 0) {
            String rest = Printable.lines(ByteBuffer.wrap(begun));
            begun = new byte[0];
            text(rest);
        }
        if (withinLine) {
            withinLine = false;
            out.write('\n');
        }
    }

    private void exactly(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        byte[] copy = new byte[look.messages() ? length + 1 : length];
        bytes.duplicate().get(copy, 0, length);
        if (look.messages()) {
            copy[length] = '\n';
        }
        out.write(copy);
    }

    private void line(String text) throws IOException {
        text(text + "\n");
    }

    private void text(String text) throws IOException {
        if (text.isEmpty()) {
            return;
        }
        withinLine = look.terminal() && !text.endsWith("\n");
        out.write((look.colour() ? COLOUR + text + PLAIN : text).getBytes(StandardCharsets.UTF_8));
    }

    private String stamped(char direction, ByteBuffer bytes) {
        String shown = look.hex() ? Printable.hex(bytes) : Printable.text(bytes);
        return TIME.format(time.get()) + " " + direction + " " + bytes.remaining() + " B  " + shown;
    }

    /** What can be read of the bytes so far; a character that two reads share is shown with the second. */
    private String whole(ByteBuffer bytes) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(begun);
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        all.writeBytes(copy);
        byte[] joined = all.toByteArray();
        int end = joined.length - begunCharacter(joined);
        begun = Arrays.copyOfRange(joined, end, joined.length);
        return Printable.lines(ByteBuffer.wrap(joined, 0, end));
    }

    /** How many bytes at the end begin a character in UTF-8 that is longer. */
    private static int begunCharacter(byte[] bytes) {
        for (int back = 1; back <= Math.min(3, bytes.length); back++) {
            int b = bytes[bytes.length - back] & 0xff;
            if (b >= 0xc0) {
                int length = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
                return length > back ? back : 0;
            }
            if (b < 0x80) {
                return 0;
            }
        }
        return 0;
    }
}
