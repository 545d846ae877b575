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
 * <p>A half-close of ours sends its FIN in OPEN and leaves the state as it is (C-30).
 *
 * <p>The reason is the one given by what led to CLOSED, except from LINGERING: by then everything was handed over, so
 * the reason of the close stands (C-23). Sending is in {@link Outbound}, reading in {@link Inbound}, timers and tasks
 * in {@link ConnectionTasks}, the timeouts in {@link DeadlineTimer}, what follows a change in {@link Settling},
 * the calls of the handler in {@link HandlerCalls}; here are the states.
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

    private static final InetSocketAddress NOT_YET = new InetSocketAddress(0);

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
    private final Settling settling;
    private final HandlerCalls calls;

    // Written by the loop, read by any thread.
    private volatile State state = State.CONNECTING;
    private volatile InetSocketAddress local = NOT_YET;
    private volatile String detail = "";
    /** Close or abort was said. Written by any thread, and never taken back. */
    private volatile boolean parting;

    private boolean resets;
    private boolean ended;
    private boolean finAsked;
    private boolean finSent;
    private CloseReason reason = CloseReason.LOCAL;
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
        calls = new HandlerCalls(this, loop, outbound);
        inbound = new Inbound(this, loop, channel, outbound, deadlines);
        tasks = new ConnectionTasks(this, loop, options.taskLimit());
        drain = new Drain(this, loop, channel, inbound);
        settling = new Settling(this, loop, channel, outbound, inbound, deadlines, drain);
    }

    // What the driver of the loop calls.

    /** Makes the handler; false if that failed, which closes the connection. */
    public boolean start(ProtocolFactory protocol) {
        return calls.make(protocol);
    }

    /** The connection is established. */
    public void established(InetSocketAddress localAddress) {
        if (state != State.CONNECTING) {
            return;
        }
        loop.needBuffers();
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
        end(CloseReason.RESET, Failures.text(cause), true);
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
    public String detail() {
        return detail;
    }

    @Override
    public boolean send(ByteBuffer bytes) {
        return outbound.send(bytes);
    }

    @Override
    public boolean send(ByteBuffer... parts) {
        return outbound.sendAtOnce(parts) || Connection.super.send(parts);
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
    public void shutdownOutput() {
        outbound.refuse();
        inTurn(this::beginFin);
    }

    @Override
    public void close() {
        parting = true;
        outbound.refuse();
        inTurn(() -> beginClose(inbound.ended() ? CloseReason.PEER : CloseReason.LOCAL, ""));
    }

    @Override
    public void close(CloseReason why, String text) {
        Objects.requireNonNull(why, "reason");
        Objects.requireNonNull(text, "detail");
        parting = true;
        outbound.refuse();
        inTurn(() -> beginClose(why, text));
    }

    @Override
    public void abort(CloseReason why) {
        Objects.requireNonNull(why, "reason");
        parting = true;
        outbound.refuse();
        inTurn(() -> end(why, "", true));
    }

    /** At once, or after what is on its way to the loop: the making of the handler, who shall hear {@code onClosed}. */
    private void inTurn(Runnable ending) {
        if (loop.inLoop() && state != State.CONNECTING) {
            ending.run();
        } else {
            loop.execute(ending);
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
        return state == State.OPEN && !parting;
    }

    /** Whether our FIN is to follow the last byte that is queued. */
    boolean finDue() {
        return state == State.FLUSHING || state == State.OPEN && finAsked && !finSent;
    }

    ByteBuffer lent() {
        return inbound.lend();
    }

    void call(BiConsumer<ProtocolHandler, LoopConnection> callback) {
        calls.call(callback);
    }

    /** Runs a timer's or an executed task, unless the connection has closed meanwhile. */
    void run(Runnable task) {
        if (state != State.CLOSED) {
            call((to, connection) -> task.run());
            settle();
        }
    }

    void touch() {
        settling.soon();
    }

    void settle() {
        settling.now();
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
        tasks.clear();
        deadlines.cancel();
        try {
            owner.released(this);
            loop.tell(new ConnectionEvent.Closed(
                    id, remote, reason, detail, inbound.bytes(), outbound.bytes(), outbound.unsent(), open));
            call((to, connection) -> to.onClosed(connection, connection.reason));
        } finally {
            owner.gone(this); // or whoever stops the listener would wait for it
        }
    }

    private void beginFin() {
        finAsked = true;
        touch();
    }

    private void beginClose(CloseReason why, String text) {
        if (state == State.CONNECTING) {
            end(why, text, true);
        } else if (state == State.OPEN) {
            reason = why;
            detail = text;
            state = State.FLUSHING;
            touch();
        }
    }

    void sendFin() {
        try {
            channel.shutdownOutput();
            finSent = true;
        } catch (IOException e) {
            fail(e);
            return;
        }
        if (state == State.FLUSHING) {
            linger();
        }
    }

    private void linger() {
        state = State.LINGERING;
        deadlines.finSent();
        if (inbound.ended()) {
            end(reason, "", false);
        }
    }

    void end(CloseReason why, String text, boolean byReset) {
        if (state != State.CLOSED) {
            boolean handedOver = state == State.LINGERING; // an RST now would only take the last answer away
            if (!handedOver) {
                reason = why;
                detail = text;
            }
            if (state != State.CONNECTING) {
                open = Duration.ofNanos(Math.max(0, loop.nanos() - openedAt));
            }
            resets = byReset && !handedOver;
            state = State.CLOSED;
        }
        if (!ended) {
            giveUp();
        }
    }

    /** Again from the beginning, where a handler's stack was at its end the first time. */
    private void giveUp() {
        outbound.drop();
        tasks.drop();
        if (resets) {
            channel.reset();
        } else {
            channel.close();
        }
        loop.closed(this);
        ended = true;
    }
}
