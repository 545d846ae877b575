package io.edgewire.examples.connect;

import java.io.IOException;
import java.io.PrintStream;

/**
 * What is told of the conversation, beside it: on the standard error, each line marked as none of the server's.
 *
 * <p><b>Threads.</b> Any.
 */
public final class Status {
    private static final String FAINT = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintStream errors;
    private final boolean colour;
    private final ClientOutput output;

    /** Told on this stream, and not within a line of the output. */
    public Status(PrintStream errors, boolean colour, ClientOutput output) {
        this.errors = errors;
        this.colour = colour;
        this.output = output;
    }

    /** Tells one line. */
    public void tell(String text) {
        try {
            output.endLine();
        } catch (IOException e) {
            // Whoever writes there next will be told, too; this line is for somebody else.
            errors.flush();
        }
        errors.println(colour ? FAINT + "-- " + text + PLAIN : "-- " + text);
    }
}
