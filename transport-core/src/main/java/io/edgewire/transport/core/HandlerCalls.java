package io.edgewire.transport.core;

import io.edgewire.api.CloseReason;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.event.ConnectionEvent;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * The one way into a {@link LoopConnection}'s handler. Whatever it throws, an Error too, ends this connection and no
 * other (C-25).
 *
 * <p><b>Threads.</b> The loop's.
 */
final class HandlerCalls {
    private static final ProtocolHandler NO_HANDLER = (connection, in) -> {};

    private final LoopConnection connection;
    private final Loop loop;
    private final Outbound outbound;
    private ProtocolHandler handler = NO_HANDLER;

    HandlerCalls(LoopConnection connection, Loop loop, Outbound outbound) {
        this.connection = connection;
        this.loop = loop;
        this.outbound = outbound;
    }

    /** Makes the handler; false if that failed, which closes the connection (T-11). */
    boolean make(ProtocolFactory protocol) {
        loop.watch.begin(connection.id(), connection.remote());
        try {
            handler = Objects.requireNonNull(protocol.newHandler(), "newHandler() gave null");
            return true;
        } catch (Throwable thrown) {
            failed(thrown);
            return false;
        } finally {
            loop.watch.end();
            Thread.interrupted();
        }
    }

    /** Calls; what was sent meanwhile is written at the end. */
    void call(BiConsumer<ProtocolHandler, LoopConnection> callback) {
        loop.running = connection;
        loop.watch.begin(connection.id(), connection.remote());
        try {
            callback.accept(handler, connection);
            outbound.endOfCallback();
        } catch (Throwable thrown) {
            failed(thrown);
        } finally {
            loop.out.clear(); // whatever failed: no byte of this connection may leave on another
            loop.running = null;
            loop.watch.end();
            Thread.interrupted(); // what a handler leaves behind is not for the next one, nor for the loop
        }
    }

    private void failed(Throwable thrown) {
        loop.tell(new ConnectionEvent.HandlerFailed(connection.id(), connection.remote(), thrown));
        connection.end(CloseReason.HANDLER_FAILED, Failures.text(thrown), true);
    }
}
