package io.edgewire.protocols;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** {@link EchoOptions} made ready to be sent, once for all connections. */
final class EchoPhrases {
    private static final String NUMBER = "%d";

    private final String greeting;
    private final ByteBuffer prefix;
    private final EndWord end;

    EchoPhrases(EchoOptions options) {
        this.greeting = options.greeting();
        this.prefix = ByteBuffer.wrap(options.prefix().getBytes(StandardCharsets.UTF_8))
                .asReadOnlyBuffer();
        this.end = new EndWord(options.end().getBytes(StandardCharsets.UTF_8));
    }

    String greeting(long connectionNumber) {
        return greeting.replace(NUMBER, Long.toString(connectionNumber));
    }

    /** A view of its own for one connection: a position and a limit, no bytes. */
    ByteBuffer prefix() {
        return prefix.duplicate();
    }

    EndWord end() {
        return end;
    }
}
