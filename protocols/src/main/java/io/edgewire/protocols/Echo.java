package io.edgewire.protocols;

import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.ProtocolHandler;
import java.nio.ByteBuffer;

/**
 * The tutorial's server: greets, answers each read with {@code recv: } and the same bytes, and closes after the answer
 * to {@code end}.
 *
 * <p><b>Threads.</b> As any {@link ProtocolHandler}: one connection, one call at a time.
 *
 * <p><b>Lifecycle.</b> One instance a connection; {@link #factory} shares what they have in common.
 *
 * <p><b>Failure.</b> It refuses no input. A peer that sends and does not read is slowed down by the transport.
 *
 * <p><b>Rules.</b> E-1 to E-6.
 */
public final class Echo implements ProtocolHandler {
    private final EchoPhrases phrases;
    private final ByteBuffer prefix;
    /** How many bytes of the end word the stream ends with. */
    private int matched;

    /** A handler with the tutorial's words. */
    public Echo() {
        this(EchoOptions.DEFAULTS);
    }

    /** A handler with these words. */
    public Echo(EchoOptions options) {
        this(new EchoPhrases(options));
    }

    private Echo(EchoPhrases phrases) {
        this.phrases = phrases;
        this.prefix = phrases.prefix();
    }

    /** Makes a handler for each connection, from words that are prepared once. */
    public static ProtocolFactory factory(EchoOptions options) {
        EchoPhrases phrases = new EchoPhrases(options);
        return () -> new Echo(phrases);
    }

    @Override
    public void onOpen(Connection connection) {
        String greeting = phrases.greeting(connection.id());
        if (!greeting.isEmpty()) {
            connection.send(LineEnd.cut(greeting, connection.framed()));
        }
    }

    /** Prefix and bytes are one send: where messages are exchanged, they are one message. */
    @Override
    public void onBytes(Connection connection, ByteBuffer in) {
        if (connection.framed()) {
            matched = 0; // the end word is within one message
        }
        boolean ends = holdsEnd(in);
        if (prefix.capacity() == 0) {
            connection.send(in);
        } else {
            connection.send(prefix.rewind(), in);
        }
        if (ends) {
            connection.close();
        }
    }

    /** Looks at the bytes without taking them. */
    private boolean holdsEnd(ByteBuffer in) {
        EndWord end = phrases.end();
        if (end.isEmpty()) {
            return false;
        }
        int state = matched;
        for (int i = in.position(); i < in.limit(); i++) {
            state = end.advance(state, in.get(i));
            if (end.isFound(state)) {
                return true;
            }
        }
        matched = state;
        return false;
    }
}
