package io.edgewire.transport.core;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The socket below a {@link LoopConnection}: a real one, or one of a simulated network.
 *
 * <p><b>Threads.</b> The loop's.
 *
 * <p><b>Failure.</b> What the network does to us is an {@link IOException}, whose text goes into the event. The
 * methods that end the channel throw nothing.
 */
public interface LoopChannel {
    /** Reads what is there, without waiting: a count, 0 if there is nothing, -1 after the peer's FIN. */
    int read(ByteBuffer into) throws IOException;

    /** Writes what the network takes, without waiting; the answer is how much that was. */
    int write(ByteBuffer from) throws IOException;

    /** Sends FIN after what was written. */
    void shutdownOutput() throws IOException;

    /** Closes: by FIN, where none was sent and no input is unread. Idempotent. */
    void close();

    /** Closes by RST. Idempotent. */
    void reset();

    /**
     * Which of {@link LoopConnection#readReady} and {@link LoopConnection#writeReady} are to be called. Called often
     * with what is in force already, which must cost nothing.
     */
    void interest(boolean read, boolean write);

    /** How many bytes may have arrived that were not read yet: the size of the receive buffer. */
    int receiveBuffer();
}
