package io.edgewire.testkit;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * The other end of a connection, which does what a test's script says, also what no decent client does. It reads only
 * when asked: one that is left alone is a peer that never reads. One that is neither closed nor reset has vanished as
 * far as the transport can tell.
 *
 * <p><b>Threads.</b> One at a time.
 *
 * <p><b>Failure.</b> {@link AssertionError} where the other end does not do in time what the script awaits. Every call
 * is bounded.
 */
public interface Peer extends AutoCloseable {
    /** Our own end. */
    InetSocketAddress local();

    /** The other end. */
    InetSocketAddress remote();

    /** Sends all bytes. Fails if the other end does not take them in time. */
    void send(byte[] bytes);

    /** Sends a text in UTF-8. */
    default void send(String text) {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends each byte by itself, so that they are likely to be read apart. */
    default void sendByteByByte(byte[] bytes) {
        for (byte b : bytes) {
            send(new byte[] {b});
        }
    }

    /**
     * Sends as long as the other end takes it, and gives up once it takes no more.
     *
     * @param most where to stop in any case
     * @return how many bytes it took
     */
    long flood(long most);

    /**
     * Receives what one read brings, at least one byte, as soon as it comes: what was sent as one segment comes as one.
     */
    byte[] next();

    /** Receives exactly so many bytes. */
    byte[] receive(int count);

    /** Takes what has arrived already, up to so many bytes, without waiting; may be empty. */
    byte[] take(int most);

    /** Receives until the other end's FIN. Fails on a reset. */
    byte[] receiveAll();

    /** Receives exactly this text. */
    default void expect(String text) {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        String got = new String(receive(wanted.length), StandardCharsets.UTF_8);
        if (!got.equals(text)) {
            throw new AssertionError("expected to receive '" + text + "' but received '" + got + "'");
        }
    }

    /** The other end's FIN follows, and no byte before it. */
    default void expectEof() {
        byte[] rest = receiveAll();
        if (rest.length > 0) {
            throw new AssertionError("expected FIN but received " + rest.length + " bytes before it");
        }
    }

    /** The other end resets the connection; bytes may come before that and are dropped. */
    void expectReset();

    /** Sends FIN and goes on to receive. */
    void halfClose();

    /** Closes by RST. */
    void reset();

    /** Closes in order, if it is not closed yet. */
    @Override
    void close();
}
