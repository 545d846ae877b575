package io.edgewire.examples.cli;

import java.io.PrintStream;
import java.nio.ByteBuffer;

/** Prints what a server sends: byte for byte into a pipe, made safe for a terminal, or as digits. */
final class ClientOutput {
    private final PrintStream out;
    private final boolean hex;
    private final boolean safe;

    ClientOutput(PrintStream out, boolean hex, boolean safe) {
        this.out = out;
        this.hex = hex;
        this.safe = safe;
    }

    void print(ByteBuffer bytes) {
        if (hex) {
            out.println(Printable.hex(bytes));
        } else if (safe) {
            out.print(Printable.lines(bytes));
        } else {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            out.write(copy, 0, copy.length);
        }
        out.flush();
    }
}
