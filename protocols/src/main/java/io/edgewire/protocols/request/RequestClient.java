package io.edgewire.protocols.request;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.Scheduler;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Requests over one connection, within a framing. What is asked before it is open fails with NOT_SENT, and what is
 * under way when it closes fails with the reason.
 *
 * <p><b>Threads.</b> As every {@link ProtocolHandler}; {@link #requests} from any.
 *
 * <p><b>Rules.</b> Q-1 to.
 */
public final class RequestClient implements ProtocolHandler {
    private final Requests requests;
    /** Written by the connection's thread, read by who asks. */
    private volatile @Nullable Connection connection;

    /** One connection's; the parameters are those of {@link Requests}. */
    public RequestClient(int most, Duration limit, Scheduler scheduler, Consumer<? super ByteBuffer> notices) {
        requests = new Requests(most, limit, scheduler, this::send, notices);
    }

    /** Where to ask. */
    public Requests requests() {
        return requests;
    }

    @Override
    public void onOpen(Connection opened) {
        connection = opened;
    }

    @Override
    public void onBytes(Connection from, ByteBuffer message) {
        if (!requests.received(message)) {
            from.close(CloseReason.PROTOCOL_ERROR, "neither reply nor notice, where there should be one");
        }
    }

    @Override
    public void onClosed(Connection closed, CloseReason reason) {
        connection = null;
        requests.closed(reason + (closed.detail().isEmpty() ? "" : " (" + closed.detail() + ")"));
    }

    private Runnable send(ByteBuffer message, Consumer<RequestException> lost) {
        Connection open = connection;
        if (open == null || !open.send(message)) {
            lost.accept(new RequestException(RequestException.Kind.NOT_SENT, "the connection is not open"));
        }
        return () -> {};
    }
}
