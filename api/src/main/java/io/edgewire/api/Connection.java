package io.edgewire.api;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One TCP connection, as its {@link ProtocolHandler} sees it.
 *
 * <p><b>Threads.</b> Every method may be called from any thread and none blocks. Callbacks, timers and executed tasks
 * of one connection never overlap, and each happens-before the next (C-1).
 *
 * <p><b>Lifecycle.</b> Open from {@code onOpen} until it is closed; {@link #close} is orderly, {@link #abort} is not.
 * After {@code onClosed} every method is harmless: {@code send} and {@code execute} answer false, {@code after} gives a
 * timer that is cancelled already.
 *
 * <p><b>Failure.</b> No method throws for the state of the network. What ends a connection is told once, by the
 * {@link CloseReason} of {@code onClosed}.
 *
 * <p><b>Rules.</b> C-1 to C-32.
 */
public interface Connection {
    /** A number, from 1, that no other connection of this transport has; it names the connection in every event. */
    long id();

    /** The peer's address; for an outgoing connection the one that was asked for. */
    InetSocketAddress remote();

    /** Our own end's address; the wildcard with port 0 while an outgoing connection is not yet open. */
    InetSocketAddress local();

    /**
     * What the kernel, or whoever ended the connection, said about its end: words for people, never branched on. From
     * {@code onClosed} on, and empty where there was nothing to say; the same as in the event.
     */
    default String detail() {
        return "";
    }

    /**
     * Queues every byte between position and limit, or none. The bytes have been taken when it returns true (position
     * equals limit), so the caller may reuse the buffer at once. What one callback sends leaves in one write where it
     * fits (C-9).
     *
     * <p>If the queue would grow beyond {@link ConnectionOptions#sendLimit()}, the connection is aborted with
     * {@link CloseReason#SLOW_PEER} and this answers false. Look at {@link #writable} to stay below.
     *
     * @param bytes the bytes, of any size; untouched if the answer is false
     * @return false if the connection is not open for sending: not yet open, closing, closed, or just aborted by this
     *     very call
     */
    boolean send(ByteBuffer bytes);

    /** Sends a text in UTF-8: {@link #send(ByteBuffer)} for greetings and answers. */
    default boolean send(String text) {
        return send(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Sends several buffers as one: every byte of them or none, with no other thread's bytes between (C-32). Where
     * bytes go in messages, they are one message.
     *
     * @param parts the bytes, in this order, each buffer once; untouched if the answer is false
     * @return as {@link #send(ByteBuffer)}
     */
    default boolean send(ByteBuffer... parts) {
        long size = 0;
        for (ByteBuffer part : parts) {
            size += part.remaining();
        }
        ByteBuffer whole;
        try {
            whole = ByteBuffer.allocate(Math.toIntExact(size));
        } catch (ArithmeticException | OutOfMemoryError tooMuch) { // as if the queue were full
            abort(CloseReason.SLOW_PEER);
            return false;
        }
        for (ByteBuffer part : parts) {
            whole.put(part.duplicate());
        }
        boolean taken = send(whole.flip());
        if (taken) {
            for (ByteBuffer part : parts) {
                part.position(part.limit());
            }
        }
        return taken;
    }

    /**
     * Whether bytes come and go in whole messages: each {@code onBytes} then brings one, and each {@code send} makes
     * one. False on a bare stream, and so on every transport; true within a framing. A connection that wraps another
     * answers what that one answers.
     */
    default boolean framed() {
        return false;
    }

    /**
     * Whether a sender should go on: false from the moment the queue passes the high mark until
     * {@link ProtocolHandler#onDrained onDrained}, and false once closing. Sending while it is false is allowed, up to
     * the limit.
     */
    boolean writable();

    /**
     * Whether the transport is reading: false while {@link #pauseReading} is in force, while the transport has paused
     * by itself because the peer does not take what was sent, and after the peer's FIN. A clock that measures the
     * peer's silence stops meanwhile.
     */
    boolean reading();

    /**
     * Runs a task after a delay, serially with the handler, unless the connection closes first. A timer never fires
     * early and never after {@code onClosed}. A task that throws is a handler that throws (C-25).
     *
     * <p>More than {@link ConnectionOptions#taskLimit()} timers and tasks that wait abort the connection with
     * {@link CloseReason#LIMIT}.
     *
     * @param delay zero or more
     * @param task runs on the thread that runs the handler
     * @return a handle to cancel it
     */
    Timer after(Duration delay, Runnable task);

    /**
     * Runs a task serially with the handler, as soon as possible, also when called from within a callback: then after
     * that callback. Tasks of one thread run in the order in which it gave them.
     *
     * @return false if the connection is closed or the task limit was passed, and the task will not run
     */
    boolean execute(Runnable task);

    /**
     * Stops deliveries until {@link #resumeReading}: from a callback, no {@code onBytes} and no {@code onPeerClosed}
     * follows; from another thread, one that is under way may still end. TCP then slows the peer down.
     */
    void pauseReading();

    /** Ends {@link #pauseReading}. The transport's own pause is another flag and stays as it is. */
    void resumeReading();

    /**
     * Half-close: refuses further sends, sends what is queued, then FIN, and goes on to deliver what the peer sends
     * until its own FIN. Idempotent; {@link #close} may follow at any time (C-30).
     */
    void shutdownOutput();

    /**
     * Orderly close: refuses further sends, sends what is queued, then FIN, then discards input until the peer's FIN
     * or {@link ConnectionTimeouts#close()}. Idempotent. No {@code onBytes} follows a close in a callback.
     *
     * <p>Input is discarded rather than left because closing a socket that has unread input makes the kernel send RST
     * (RFC 9293, 3.10.7.1 and RFC 2525, 2.17), which can take the last answer with it.
     */
    void close();

    /**
     * {@link #close()}, but told with this reason and these words (C-31): for a handler that has to end the
     * conversation and does not want to lose what it said before.
     *
     * @param reason what {@code onClosed} will be told unless something is lost on the way; a protocol says
     *     {@link CloseReason#PROTOCOL_ERROR}
     * @param detail for people, a line at most, for {@link io.edgewire.api.event.ConnectionEvent.Closed Closed}; no
     *     secrets, and of what the peer said no more than the few bytes that show its fault
     */
    void close(CloseReason reason, String detail);

    /**
     * Closes now, by RST, dropping what is queued. The first reason wins: on a connection that is closed already this
     * does nothing.
     *
     * @param reason what {@code onClosed} will be told; a protocol says {@link CloseReason#PROTOCOL_ERROR}
     */
    void abort(CloseReason reason);
}
