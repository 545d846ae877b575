package io.edgewire.protocols.request;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolHandler;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers requests, within a framing: gives each to the handler, and sends notices.
 *
 * <p><b>Threads.</b> As every {@link ProtocolHandler}; {@link #notice} from any.
 *
 * <p><b>Lifecycle.</b> One connection. After the peer's FIN it closes, with what was answered until then.
 *
 * <p><b>Failure.</b> A message that is no request closes the connection with PROTOCOL_ERROR; one request too many is
 * answered by a failure.
 *
 * <p><b>Rules.</b> Q-1, Q-5, Q-6, Q-8, Q-9.
 */
public final class RequestServer implements ProtocolHandler {
    private final RequestHandler handler;
    private final int most;
    /** Requests without an answer; counted up by the connection's thread, down by who answers. */
    private final AtomicInteger underWay = new AtomicInteger();

    /**
     * One connection's.
     *
     * @param most how many requests of it may wait for their answer, 1 or more
     */
    public RequestServer(RequestHandler handler, int most) {
        this.handler = Objects.requireNonNull(handler, "handler");
        if (most < 1) {
            throw new IllegalArgumentException("most is " + most + ", but must be 1 or more");
        }
        this.most = most;
    }

    /**
     * Sends what was not asked for just now: a change that the other side has subscribed to.
     *
     * @param to a connection within a framing, {@link Request#connection()} say
     * @return what {@code send} answered
     */
    public static boolean notice(Connection to, ByteBuffer body) {
        return to.send(Kind.NOTICE.message(0, body));
    }

    @Override
    public void onBytes(Connection connection, ByteBuffer message) {
        if (Kind.read(message) != Kind.REQUEST) {
            connection.close(CloseReason.PROTOCOL_ERROR, "no request, where there should be one");
            return;
        }
        Request request = new Request(connection, message.getInt(), message, underWay::decrementAndGet);
        if (underWay.incrementAndGet() > most) {
            request.fail("busy: " + most + " requests wait for their answer, and no more may");
        } else {
            handler.onRequest(request);
        }
    }

    @Override
    public void onClosed(Connection connection, CloseReason reason) {
        handler.onClosed(connection);
    }
}
