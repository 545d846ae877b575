package io.edgewire.testkit;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolHandler;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Keeps every callback, then reacts as it was told: by default as {@link ProtocolHandler} does, so it swallows bytes and
 * closes on the peer's FIN and on draining.
 *
 * <p><b>Threads.</b> Reactions are set before the connection opens, or from a callback; questions are asked from any
 * thread. Recording takes a lock for a moment and never while a reaction runs.
 *
 * <p><b>Lifecycle.</b> One connection, as every handler.
 */
public final class RecordingHandler implements ProtocolHandler {
    private final Await await;
    /** Guarded by itself, as is all that follows up to the reactions. */
    private final List<Call> calls = new ArrayList<>();

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final List<Integer> reads = new ArrayList<>();
    private Optional<Connection> connection = Optional.empty();
    private Optional<CloseReason> closed = Optional.empty();

    private Consumer<Connection> opened = c -> {};
    private BiConsumer<Connection, ByteBuffer> bytes = (c, in) -> {};
    private Consumer<Connection> peerClosed = Connection::close;
    private Consumer<Connection> drained = c -> {};
    private Consumer<Connection> stopping = Connection::close;
    private BiConsumer<Connection, CloseReason> gone = (c, reason) -> {};

    /** Waits in real time. */
    public RecordingHandler() {
        this(Await.REAL_TIME);
    }

    /** Waits in the given manner. */
    public RecordingHandler(Await await) {
        this.await = await;
    }

    /** Sends back what comes. */
    public RecordingHandler echo() {
        return whenBytes((c, in) -> c.send(in));
    }

    /** Reacts to {@code onOpen}. */
    public RecordingHandler whenOpen(Consumer<Connection> reaction) {
        opened = reaction;
        return this;
    }

    /** Reacts to {@code onBytes}; the buffer is the one that the transport lent. */
    public RecordingHandler whenBytes(BiConsumer<Connection, ByteBuffer> reaction) {
        bytes = reaction;
        return this;
    }

    /** Reacts to {@code onPeerClosed} instead of closing. */
    public RecordingHandler whenPeerClosed(Consumer<Connection> reaction) {
        peerClosed = reaction;
        return this;
    }

    /** Reacts to {@code onDrained}. */
    public RecordingHandler whenDrained(Consumer<Connection> reaction) {
        drained = reaction;
        return this;
    }

    /** Reacts to {@code onStopping} instead of closing. */
    public RecordingHandler whenStopping(Consumer<Connection> reaction) {
        stopping = reaction;
        return this;
    }

    /** Reacts to {@code onClosed}. */
    public RecordingHandler whenClosed(BiConsumer<Connection, CloseReason> reaction) {
        gone = reaction;
        return this;
    }

    @Override
    public void onOpen(Connection connection) {
        record(Call.OPEN, connection);
        opened.accept(connection);
    }

    @Override
    public void onBytes(Connection connection, ByteBuffer in) {
        byte[] copy = new byte[in.remaining()];
        in.duplicate().get(copy);
        synchronized (calls) {
            received.writeBytes(copy);
            reads.add(copy.length);
            record(Call.BYTES, connection);
        }
        bytes.accept(connection, in);
    }

    @Override
    public void onPeerClosed(Connection connection) {
        record(Call.PEER_CLOSED, connection);
        peerClosed.accept(connection);
    }

    @Override
    public void onDrained(Connection connection) {
        record(Call.DRAINED, connection);
        drained.accept(connection);
    }

    @Override
    public void onStopping(Connection connection) {
        record(Call.STOPPING, connection);
        stopping.accept(connection);
    }

    @Override
    public void onClosed(Connection connection, CloseReason reason) {
        synchronized (calls) {
            closed = Optional.of(reason);
            record(Call.CLOSED, connection);
        }
        gone.accept(connection, reason);
    }

    /** Every callback so far, in order. */
    public List<Call> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    /** How often a callback came. */
    public int count(Call call) {
        return (int) calls().stream().filter(call::equals).count();
    }

    /** Every byte so far. */
    public byte[] received() {
        synchronized (calls) {
            return received.toByteArray();
        }
    }

    /** Every byte so far, as text. */
    public String text() {
        return new String(received(), StandardCharsets.UTF_8);
    }

    /** How many bytes each {@code onBytes} brought. */
    public List<Integer> reads() {
        synchronized (calls) {
            return List.copyOf(reads);
        }
    }

    /** The connection, once a callback has brought it. */
    public Connection connection() {
        return await.value("the handler has a connection", () -> {
            synchronized (calls) {
                return connection;
            }
        });
    }

    /** The reason that {@code onClosed} told, if it has come. */
    public Optional<CloseReason> closed() {
        synchronized (calls) {
            return closed;
        }
    }

    /** Returns once a callback has come. */
    public void await(Call call) {
        await.until("the handler hears " + call, () -> count(call) > 0);
    }

    /** Returns once so many bytes have come. */
    public void awaitBytes(int count) {
        await.until("the handler has " + count + " bytes", () -> received().length >= count);
    }

    /** The reason that {@code onClosed} tells, once it has come. */
    public CloseReason awaitClosed() {
        return await.value("the handler hears onClosed", this::closed);
    }

    private void record(Call call, Connection from) {
        synchronized (calls) {
            connection = Optional.of(from);
            calls.add(call);
        }
    }
}
