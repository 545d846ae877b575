package io.edgewire.transport.core;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.Timer;
import io.edgewire.api.event.ConnectionEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection that lives on a {@link Loop}.
 *
 * <pre>
 *              established          close()              all sent: FIN
 *  CONNECTING ─────────────▶ OPEN ───────────▶ FLUSHING ───────────────▶ LINGERING
 *      │                      │                   │                          │ peer's FIN,
 *      │ unreachable,         │ abort, failure,   │ abort, failure,          │ close timeout,
 *      │ close, abort         │ timeout, throw    │ timeout, throw           │ abort, failure
 *      │                      ▼                   ▼                          ▼
 *      └──────────────────▶ CLOSED ◀─────────────────────────────────────────┘
 *                             │ descriptor freed
 *                             ▼
 *                          onClosed
 * </pre>
 *
 * <p>The reason is the one given by what led to CLOSED, except from LINGERING: by then everything was handed over, so
 * the reason of the close stands (C-23). Sending is in {@link Outbound}, reading in {@link Inbound}, timers and tasks
 * in {@link ConnectionTasks}, the timeouts in {@link DeadlineTimer}; here are the states and the calls of the handler.
 *
 * <p><b>Threads.</b> The methods of {@link Connection} from any thread; the others from the loop's own.
 */
public final class LoopConnection implements Connection {
    enum State {
        CONNECTING,
        OPEN,
        FLUSHING,
        LINGERING,
        CLOSED
    }

    /** How often {@code onDrained} may fill and drain the queue again before others have their turn. */
    private static final int DRAINED_ROUNDS = 4;

    private static final InetSocketAddress NOT_YET = new InetSocketAddress(0);
    private static final ProtocolHandler NO_HANDLER = (connection, in) -> {};

    private final long id;
    private final InetSocketAddress remote;
    private final Loop loop;
    private final LoopChannel channel;
    private final ConnectionOwner owner;
    private final Outbound outbound;
    private final Inbound inbound;
    private final ConnectionTasks tasks;
    private final DeadlineTimer deadlines;
    private final Drain drain;

    // Written by the loop, read by any thread.
    private volatile State state = State.CONNECTING;
    private volatile InetSocketAddress local = NOT_YET;

    private ProtocolHandler handler = NO_HANDLER;
    private CloseReason reason = CloseReason.LOCAL;
    private String detail = "";
    private boolean touched;
    private long openedAt;
    private Duration open = Duration.ZERO;

    /** A connection that is not yet established. */
    public LoopConnection(
            long id,
            InetSocketAddress remote,
            ConnectionOptions options,
            Loop loop,
            LoopChannel channel,
            ConnectionOwner owner) {
        this.id = id;
        this.remote = remote;
        this.loop = loop;
        this.channel = channel;
        this.owner = owner;
        deadlines = new DeadlineTimer(this, loop, options.timeouts());
        outbound = new Outbound(this, loop, channel, options, deadlines);
        inbound = new Inbound(this, loop, channel, outbound, deadlines);
        tasks = new ConnectionTasks(this, loop, options.taskLimit());
        drain = new Drain(this, loop, channel, inbound);
    }

    // What the driver of the loop calls.

    /** Makes the handler; false if that failed, which closes the connection. */
    public boolean start(ProtocolFactory protocol) {
        try {
            handler = Objects.requireNonNull(protocol.newHandler(), "newHandler() gave null");
            return true;
        } catch (Throwable thrown) { // also an Error: it concerns this connection only (C-25)
            handlerFailed(thrown);
            return false;
        }
    }

    /** The connection is established. */
    public void established(InetSocketAddress localAddress) {
        if (state != State.CONNECTING) {
            return;
        }
        local = localAddress;
        openedAt = loop.nanos();
        state = State.OPEN;
        outbound.accept();
        deadlines.opened();
        loop.tell(new ConnectionEvent.Opened(id, local, remote));
        call(ProtocolHandler::onOpen);
        tasks.runEarly();
        settle();
    }

    /** The connection could not be established. */
    public void unreachable(String why) {
        end(CloseReason.UNREACHABLE, why, true);
    }

    /** There is something to read, or the peer has ended. */
    public void readReady() {
        inbound.read();
        settle();
    }

    /** The network takes bytes again. */
    public void writeReady() {
        outbound.writeReady();
        settle();
    }

    /**
     * Delivers what has arrived by now, then calls {@code onStopping} (T-5). From any thread.
     *
     * @param begun called when that was done as far as it can be done at once
     */
    public void drain(Runnable begun) {
        loop.execute(() -> {
            drain.begin();
            begun.run();
        });
    }

    /** The network failed, or the transport itself did. */
    public void fail(Throwable cause) {
        String text = cause instanceof IOException ? cause.getMessage() : cause.toString();
        end(CloseReason.RESET, text == null ? cause.toString() : text, true);
    }

    // What the handler and its helpers call.

    @Override
    public long id() {
        return id;
    }

    @Override
    public InetSocketAddress remote() {
        return remote;
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public boolean send(ByteBuffer bytes) {
        return outbound.send(bytes);
    }

    @Override
    public boolean writable() {
        return outbound.writable();
    }

    @Override
    public boolean reading() {
        return inbound.reading();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        return tasks.after(delay, task);
    }

    @Override
    public boolean execute(Runnable task) {
        return tasks.execute(task);
    }

    @Override
    public void pauseReading() {
        inbound.pause(true);
        touch();
    }

    @Override
    public void resumeReading() {
        inbound.pause(false);
        touch();
    }

    @Override
    public void close() {
        outbound.refuse();
        if (loop.inLoop()) {
            beginClose();
        } else {
            loop.execute(this::beginClose);
        }
    }

    @Override
    public void abort(CloseReason why) {
        Objects.requireNonNull(why, "reason");
        outbound.refuse();
        if (loop.inLoop()) {
            end(why, "", true);
        } else {
            loop.execute(() -> end(why, "", true));
        }
    }

    @Override
    public String toString() {
        return "connection " + id + " with " + remote + ", " + state;
    }

    // What its parts call.

    State state() {
        return state;
    }

    /** Whether neither the loop nor another thread has said close or abort yet. */
    boolean undecided() {
        return state == State.OPEN && outbound.accepting();
    }

    ByteBuffer lent() {
        return loop.lent;
    }

    /**
     * The one way into the handler. What was sent meanwhile is written at the end; whatever is thrown, an Error too,
     * ends this connection and no other.
     */
    void call(BiConsumer<ProtocolHandler, LoopConnection> callback) {
        loop.running = this;
        try {
            callback.accept(handler, this);
            outbound.endOfCallback();
        } catch (Throwable thrown) {
            handlerFailed(thrown);
        } finally {
            loop.running = null;
        }
    }

    /** Runs a timer's or an executed task, unless the connection has closed meanwhile. */
    void run(Runnable task) {
        if (state != State.CLOSED) {
            call((to, connection) -> task.run());
            settle();
        }
    }

    /** Settles soon: after the running callback, which may be that of another connection, or in the loop. */
    void touch() {
        if (!loop.inLoop()) {
            loop.execute(this::settle);
        } else if (loop.running != this && !touched) {
            touched = true;
            loop.touch(this);
        }
    }

    void settleTouched() {
        touched = false;
        settle();
    }

    /**
     * Brings everything in line with the queue and the flags, after whatever may have changed them; never within a
     * callback.
     */
    void settle() {
        if (state == State.CONNECTING || state == State.CLOSED) {
            return;
        }
        outbound.flush();
        for (int round = 0; state == State.OPEN && outbound.drained(); round++) {
            if (round == DRAINED_ROUNDS) {
                outbound.congestAgain();
                loop.execute(this::settle);
                break;
            }
            call(ProtocolHandler::onDrained);
            outbound.flush();
        }
        if (state == State.FLUSHING && outbound.isEmpty()) {
            sendFin();
        }
        if (state != State.CLOSED) {
            drain.goOn();
            boolean reads = inbound.wanted();
            deadlines.reading(reads && state == State.OPEN);
            deadlines.waiting(outbound.blocked());
            channel.interest(reads, outbound.blocked());
        }
    }

    /** The peer's FIN was read. */
    void peerClosed() {
        if (state == State.OPEN) {
            call(ProtocolHandler::onPeerClosed);
        } else if (state == State.LINGERING) {
            end(reason, "", false);
        }
    }

    /** A timeout has passed. */
    void overdue(ConnectionDeadlines.Due due) {
        switch (due) {
            case IDLE -> end(CloseReason.IDLE, "", false); // the peer is silent, not at fault: FIN
            case WRITE_STALLED -> end(CloseReason.WRITE_STALLED, "", true);
            case LIFETIME -> end(CloseReason.LIMIT, "lifetime", true);
            case PEER_FIN -> end(reason, "", false);
            case NOTHING -> throw new IllegalStateException("nothing is due");
        }
    }

    void tellClosed() {
        owner.released(this);
        loop.tell(new ConnectionEvent.Closed(
                id, remote, reason, detail, inbound.bytes(), outbound.bytes(), outbound.unsent(), open));
        call((to, connection) -> to.onClosed(connection, connection.reason));
        owner.gone(this);
    }

    private void beginClose() {
        if (state == State.CONNECTING) {
            end(CloseReason.LOCAL, "", true);
        } else if (state == State.OPEN) {
            reason = inbound.ended() ? CloseReason.PEER : CloseReason.LOCAL;
            state = State.FLUSHING;
            touch();
        }
    }

    private void sendFin() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            fail(e);
            return;
        }
        state = State.LINGERING;
        deadlines.finSent();
        if (inbound.ended()) {
            end(reason, "", false);
        }
    }

    private void handlerFailed(Throwable thrown) {
        loop.tell(new ConnectionEvent.HandlerFailed(id, remote, thrown));
        end(CloseReason.HANDLER_FAILED, String.valueOf(thrown), true);
    }

    private void end(CloseReason why, @Nullable String text, boolean byReset) {
        if (state == State.CLOSED) {
            return;
        }
        boolean handedOver = state == State.LINGERING; // an RST now would only take the last answer away
        if (!handedOver) {
            reason = why;
            detail = text == null ? "" : text;
        }
        if (state != State.CONNECTING) {
            open = Duration.ofNanos(Math.max(0, loop.nanos() - openedAt));
        }
        state = State.CLOSED;
        outbound.drop();
        tasks.drop();
        deadlines.cancel();
        if (byReset && !handedOver) {
            channel.reset();
        } else {
            channel.close();
        }
        loop.closed(this);
    }
}
