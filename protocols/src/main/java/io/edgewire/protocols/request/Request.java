package io.edgewire.protocols.request;

import io.edgewire.api.Connection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request that waits for its answer.
 *
 * <p><b>Threads.</b> Any: it may be answered at once or later, from any thread, once.
 */
public final class Request {
    private final Connection connection;
    private final int number;
    private final ByteBuffer body;
    private final Runnable done;
    private final AtomicBoolean answered = new AtomicBoolean();

    /** Copies the body. */
    Request(Connection connection, int number, ByteBuffer lent, Runnable done) {
        this.connection = connection;
        this.number = number;
        this.done = done;
        body = ByteBuffer.allocate(lent.remaining()).put(lent).flip();
    }

    /** What is asked; a copy that is this request's own. */
    public ByteBuffer body() {
        return body;
    }

    /** Whence it came: where notices can be sent to. */
    public Connection connection() {
        return connection;
    }

    /**
     * Answers.
     *
     * @param reply copied
     * @return false if it was answered before or the connection takes nothing any more
     * @throws IllegalArgumentException if the framing cannot take it, for being too long say; the other side then hears
     *     of a failure
     */
    public boolean answer(ByteBuffer reply) {
        return end(Kind.REPLY, reply);
    }

    /**
     * Answers that it failed.
     *
     * @param why for people, without secrets
     * @return as {@link #answer}
     */
    public boolean fail(String why) {
        return end(Kind.FAILURE, StandardCharsets.UTF_8.encode(why));
    }

    private boolean end(Kind kind, ByteBuffer content) {
        if (!answered.compareAndSet(false, true)) {
            return false;
        }
        done.run();
        try {
            return connection.send(kind.message(number, content));
        } catch (IllegalArgumentException e) { // no framing takes it: the other side shall not wait for it in vain
            connection.send(Kind.FAILURE.message(number, StandardCharsets.UTF_8.encode("the answer cannot be sent")));
            throw e;
        }
    }
}
