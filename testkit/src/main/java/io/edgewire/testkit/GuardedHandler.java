package io.edgewire.testkit;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ProtocolHandler;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reports each call that overlaps another or comes out of order, and passes every call on. */
final class GuardedHandler implements ProtocolHandler {
    private final ProtocolHandler inner;
    private final Consumer<String> violation;
    /** The name of the call that runs; set and cleared by whichever thread runs it. */
    private final AtomicReference<@Nullable String> running = new AtomicReference<>();
    /** Written by every call without a lock: that this is safe is what C-1 promises. */
    private final Set<Call> seen = EnumSet.noneOf(Call.class);

    private @Nullable GuardedConnection wrapped;

    GuardedHandler(ProtocolHandler inner, Consumer<String> violation) {
        this.inner = inner;
        this.violation = violation;
    }

    @Override
    public void onOpen(Connection connection) {
        call(Call.OPEN, connection, inner::onOpen);
    }

    @Override
    public void onBytes(Connection connection, ByteBuffer in) {
        if (!in.isReadOnly() || !in.hasRemaining() || in.remaining() > ConnectionOptions.LARGEST_READ) {
            report(connection.id(), "onBytes lends " + in);
        }
        call(Call.BYTES, connection, guarded -> inner.onBytes(guarded, in));
    }

    @Override
    public void onPeerClosed(Connection connection) {
        call(Call.PEER_CLOSED, connection, inner::onPeerClosed);
    }

    @Override
    public void onDrained(Connection connection) {
        call(Call.DRAINED, connection, inner::onDrained);
    }

    @Override
    public void onStopping(Connection connection) {
        call(Call.STOPPING, connection, inner::onStopping);
    }

    @Override
    public void onClosed(Connection connection, CloseReason reason) {
        call(Call.CLOSED, connection, guarded -> inner.onClosed(guarded, reason));
    }

    /** Runs a timer or task of the connection. */
    void task(long id, Runnable task) {
        enter(id, "a timer or task");
        try {
            if (seen.contains(Call.CLOSED)) {
                report(id, "a timer or task runs after onClosed");
            }
            task.run();
        } finally {
            running.set(null);
        }
    }

    private void call(Call call, Connection connection, Consumer<Connection> body) {
        enter(connection.id(), call.name());
        try {
            checkOrder(call, connection.id());
            GuardedConnection guarded = wrapped;
            if (guarded == null) {
                guarded = new GuardedConnection(connection, this);
                wrapped = guarded;
            } else if (!guarded.guards(connection)) {
                report(connection.id(), "one handler serves two connections");
            }
            body.accept(guarded);
        } finally {
            running.set(null);
        }
    }

    private void enter(long id, String name) {
        String other = running.getAndSet(name);
        if (other != null) {
            report(id, name + " comes while " + other + " runs");
        }
    }

    private void checkOrder(Call call, long id) {
        if (seen.contains(Call.CLOSED)) {
            report(id, call + " comes after CLOSED");
        }
        if (call != Call.CLOSED && call != Call.OPEN && !seen.contains(Call.OPEN)) {
            report(id, call + " comes before OPEN");
        }
        if (call == Call.BYTES && seen.contains(Call.PEER_CLOSED)) {
            report(id, "BYTES comes after PEER_CLOSED");
        }
        if (!seen.add(call) && call != Call.BYTES && call != Call.DRAINED) {
            report(id, call + " comes twice");
        }
    }

    private void report(long id, String what) {
        violation.accept("connection " + id + ": " + what);
    }
}
