package io.edgewire.testkit.protocol;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.Timer;
import io.edgewire.testkit.ManualScheduler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;

/**
 * A connection in memory that runs one handler in virtual time, on the thread of the test: every method returns when
 * the handler has done all that follows from it. The peer reads everything, and answers our FIN with its own, until the
 * script says otherwise.
 *
 * <pre>{@code
 * ScriptedConnection connection = new ScriptedConnection(new Upper());
 * connection.open();
 * connection.deliver("abc");
 * assertThat(connection.sentText()).isEqualTo("ABC");
 * }</pre>
 *
 * <p><b>Threads.</b> One.
 *
 * <p><b>Lifecycle.</b> {@link #open} first.
 *
 * <p><b>Failure.</b> What the handler throws closes the connection, as everywhere, and is kept for {@link #failure}.
 */
public final class ScriptedConnection implements Connection {
    private static final byte CLOBBER = (byte) 0xEE;

    private final ProtocolHandler handler;
    private final ManualScheduler scheduler;
    private final ConnectionOptions options;
    private final long id;
    private final Outbox outbox;
    private final Queue<byte[]> input = new ArrayDeque<>();
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    private boolean clobbers = true;
    private boolean opened;
    private boolean running;
    private boolean paused;
    private boolean closing;
    private boolean outputShut;
    private boolean peerFin;
    private boolean peerFinDelivered;
    private boolean told;
    private int waitingTimers;
    private Optional<CloseReason> closeReason = Optional.empty();
    private Optional<CloseReason> reason = Optional.empty();
    private String closeDetail = "";
    private String detail = "";
    private Optional<Throwable> failure = Optional.empty();

    /** A connection with number 1, default limits and a scheduler of its own. */
    public ScriptedConnection(ProtocolHandler handler) {
        this(handler, new ManualScheduler());
    }

    /** A connection with number 1 and default limits in the time of the given scheduler. */
    public ScriptedConnection(ProtocolHandler handler, ManualScheduler scheduler) {
        this(handler, scheduler, ConnectionOptions.DEFAULTS, 1);
    }

    /**
     * A connection.
     *
     * @param options its limits; of the timeouts none runs here
     * @param id its number
     */
    public ScriptedConnection(ProtocolHandler handler, ManualScheduler scheduler, ConnectionOptions options, long id) {
        this.handler = handler;
        this.scheduler = scheduler;
        this.options = options;
        this.id = id;
        this.outbox = new Outbox(options);
    }

    // ---- the script: what peer, network and transport do

    /** Leaves the content of a buffer alone after the call that it was lent to. */
    ScriptedConnection withoutClobbering() {
        clobbers = false;
        return this;
    }

    /** Establishes the connection. */
    public void open() {
        opened = true;
        call(() -> handler.onOpen(this));
    }

    /** One read: the bytes come in one {@code onBytes}, unless the handler has paused or closed. */
    public void deliver(byte... bytes) {
        if (bytes.length == 0 || bytes.length > ConnectionOptions.LARGEST_READ) {
            throw new IllegalArgumentException(
                    "a read brings 1 to " + ConnectionOptions.LARGEST_READ + " bytes, not " + bytes.length);
        }
        input.add(bytes.clone());
        settle();
    }

    /** One read of a text in UTF-8. */
    public void deliver(String text) {
        deliver(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The peer sends FIN. */
    public void peerCloses() {
        peerFin = true;
        settle();
    }

    /** The peer resets the connection. */
    public void peerResets() {
        end(CloseReason.RESET);
        settle();
    }

    /** The peer does not read any more: what is sent stays in the queue. */
    public void peerStopsReading() {
        outbox.hold();
    }

    /** The peer reads what is queued, and goes on reading. */
    public void peerReads() {
        outbox.release();
        settle();
    }

    /** The listener drains. */
    public void stopping() {
        call(() -> handler.onStopping(this));
    }

    /** Moves time on; timers run at their moments. */
    public void advance(Duration by) {
        scheduler.advance(by);
    }

    // ---- what came of it

    /** Every byte that the peer has received. */
    public byte[] sent() {
        return outbox.received();
    }

    /** Every byte that the peer has received, as UTF-8. */
    public String sentText() {
        return new String(sent(), StandardCharsets.UTF_8);
    }

    /** Every byte that the peer has received since this was last asked. */
    public String takeSentText() {
        return new String(outbox.takeReceived(), StandardCharsets.UTF_8);
    }

    /** Bytes that wait for a peer which does not read. */
    public int queued() {
        return outbox.queued();
    }

    /** Whether the handler has called {@link #shutdownOutput} or {@link #close}. */
    public boolean outputShut() {
        return outputShut;
    }

    /** Whether the handler has called {@link #close}. */
    public boolean closing() {
        return closing;
    }

    /** Why the connection ended, if it has. */
    public Optional<CloseReason> closed() {
        return told ? reason : Optional.empty();
    }

    @Override
    public String detail() {
        return told ? detail : "";
    }

    /** What the handler threw, if it did. */
    public Optional<Throwable> failure() {
        return failure;
    }

    // ---- Connection

    @Override
    public long id() {
        return id;
    }

    @Override
    public InetSocketAddress remote() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
    }

    @Override
    public InetSocketAddress local() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080);
    }

    @Override
    public boolean send(ByteBuffer bytes) {
        if (!opened || outputShut || reason.isPresent()) {
            return false;
        }
        if (!outbox.add(bytes)) {
            end(CloseReason.SLOW_PEER);
            settle();
            return false;
        }
        return true;
    }

    @Override
    public boolean writable() {
        return opened && !outputShut && reason.isEmpty() && outbox.writable();
    }

    @Override
    public boolean reading() {
        return mayDeliver() && !peerFinDelivered;
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        if (!admitsTask()) {
            return () -> false;
        }
        waitingTimers++;
        Timer timer = scheduler.after(delay, () -> {
            waitingTimers--;
            call(task);
        });
        return () -> {
            boolean cancelled = timer.cancel();
            waitingTimers -= cancelled ? 1 : 0;
            return cancelled;
        };
    }

    @Override
    public boolean execute(Runnable task) {
        if (!admitsTask()) {
            return false;
        }
        tasks.add(task);
        settle();
        return true;
    }

    @Override
    public void pauseReading() {
        paused = true;
    }

    @Override
    public void resumeReading() {
        paused = false;
        settle();
    }

    @Override
    public void shutdownOutput() {
        outputShut = true;
    }

    @Override
    public void close() {
        outputShut = true;
        closing = true;
        settle();
    }

    @Override
    public void close(CloseReason why, String text) {
        if (!closing) {
            closeReason = Optional.of(why);
            closeDetail = text;
        }
        close();
    }

    @Override
    public void abort(CloseReason why) {
        end(why);
        settle();
    }

    // ---- the machine

    private boolean admitsTask() {
        if (reason.isEmpty() && tasks.size() + waitingTimers >= options.taskLimit()) {
            end(CloseReason.LIMIT);
            settle();
        }
        return reason.isEmpty();
    }

    private void end(CloseReason why) {
        if (reason.isEmpty()) {
            reason = Optional.of(why);
        }
    }

    private boolean mayDeliver() {
        return opened && !paused && !closing && reason.isEmpty() && outbox.writable();
    }

    /** Runs a callback, unless the connection is gone, and then all that follows from it. */
    private void call(Runnable callback) {
        if (reason.isEmpty()) {
            run(callback);
        }
        settle();
    }

    /** Does what is next until nothing is; a call from within a callback leaves it to the one that runs. */
    private void settle() {
        boolean more = !running && !told;
        while (more) {
            more = step();
        }
    }

    private boolean step() {
        finishClose();
        if (reason.isPresent()) {
            CloseReason why = reason.get();
            told = true;
            run(() -> handler.onClosed(this, why));
            return false;
        }
        if (!tasks.isEmpty()) {
            run(tasks.remove());
        } else if (outbox.takeDrained()) {
            run(() -> handler.onDrained(this));
        } else if (mayDeliver() && !input.isEmpty()) {
            run(() -> lend(input.remove()));
        } else if (mayDeliver() && peerFin && !peerFinDelivered) {
            peerFinDelivered = true;
            run(() -> handler.onPeerClosed(this));
        } else {
            return false;
        }
        return true;
    }

    private void finishClose() {
        if (closing && outbox.queued() == 0) {
            detail = reason.isEmpty() ? closeDetail : detail;
            end(closeReason.orElse(peerFinDelivered ? CloseReason.PEER : CloseReason.LOCAL));
        }
    }

    private void lend(byte[] bytes) {
        try {
            handler.onBytes(this, ByteBuffer.wrap(bytes).asReadOnlyBuffer());
        } finally {
            if (clobbers) {
                // Whoever kept the buffer, or counts on its content, finds this.
                Arrays.fill(bytes, CLOBBER);
            }
        }
    }

    private void run(Runnable callback) {
        running = true;
        try {
            callback.run();
        } catch (Throwable e) {
            // The handler's fault is the connection's end and nobody else's (C-25).
            failure = Optional.of(failure.orElse(e));
            end(CloseReason.HANDLER_FAILED);
        } finally {
            running = false;
        }
    }
}
