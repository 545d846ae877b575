package io.edgewire.transport.bio;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.Timer;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.transport.core.Delays;
import io.edgewire.transport.core.Failures;
import io.edgewire.transport.core.HandlerWatch;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A connection with a thread of its own. Here are the calls from outside, each a few instructions under the lock of the
 * {@link Roster}, and the end; what the threads do is in {@link ReaderThread} and {@link HelperThread}.
 *
 * <p><b>Threads.</b> Any.
 */
final class BioConnection implements Connection {
    private static final InetSocketAddress NOT_YET = new InetSocketAddress(0);
    private static final ProtocolHandler NO_HANDLER = (connection, in) -> {};

    final Services services;
    final Owner owner;
    final ConnectionOptions options;
    final Outbox outbox;
    final Intake intake;
    final Mailbox mailbox;
    final Wire wire;
    final Agenda agenda;
    final Roster roster;
    final Watch watch;
    final HandlerWatch handlerWatch = new HandlerWatch();

    private final long id;
    private final InetSocketAddress remote;
    private final Runnable budgetFree = this::budgetFree;
    private volatile InetSocketAddress local = NOT_YET;

    /** Written once by the reader before {@code onOpen}, under the token's order for every other thread. */
    ProtocolHandler handler = NO_HANDLER;

    private final Ending ending = new Ending();

    BioConnection(
            long id,
            InetSocketAddress remote,
            SocketChannel channel,
            ConnectionOptions options,
            Services services,
            Owner owner) {
        this.id = id;
        this.remote = remote;
        this.options = options;
        this.services = services;
        this.owner = owner;
        outbox = new Outbox(options);
        intake = new Intake(services.buffers());
        mailbox = new Mailbox(options.taskLimit(), services.timers());
        wire = new Wire(channel);
        watch = new Watch(services.timers(), this, options.timeouts());
        agenda = new Agenda(this, outbox, intake, mailbox);
        roster = new Roster(this, agenda, wire, watch);
    }

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
        roster.enter();
        try {
            return ending.detail();
        } finally {
            roster.exit();
        }
    }

    void local(InetSocketAddress address) {
        local = address;
    }

    @Override
    public boolean send(ByteBuffer bytes) {
        int count = bytes.remaining();
        roster.enter();
        try {
            if (!agenda.sends()) {
                return false;
            }
            if (outbox.hasRoom(count) && queue(bytes)) {
                return true;
            }
        } finally {
            roster.exit();
        }
        end(CloseReason.SLOW_PEER, "the send limit is " + options.sendLimit() + " bytes", true);
        return false;
    }

    /** False for want of memory: a part may be queued and the rest never will be, the same as a queue that is full. */
    private boolean queue(ByteBuffer bytes) {
        int start = bytes.position();
        long before = outbox.size();
        try {
            if (roster.runsHere()) {
                outbox.openBatch();
            }
            outbox.append(bytes);
            return true;
        } catch (OutOfMemoryError full) {
            bytes.position(start);
            return false;
        } finally {
            services.budget().change(outbox.size() - before);
        }
    }

    @Override
    public boolean writable() {
        roster.enter();
        try {
            return agenda.sends() && !outbox.undrained();
        } finally {
            roster.exit();
        }
    }

    @Override
    public boolean reading() {
        roster.enter();
        try {
            return agenda.reading();
        } finally {
            roster.exit();
        }
    }

    @Override
    public boolean execute(Runnable task) {
        Objects.requireNonNull(task, "task");
        roster.enter();
        try {
            if (agenda.phase == Phase.ENDED) {
                return false;
            }
            if (!mailbox.isFull()) {
                mailbox.addTask(task);
                return true;
            }
        } finally {
            roster.exit();
        }
        tooManyTasks();
        return false;
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        Objects.requireNonNull(task, "task");
        long nanos = Delays.nanos(delay, "delay");
        BioTimer timer;
        roster.enter();
        try {
            boolean over = agenda.phase == Phase.ENDED;
            boolean full = mailbox.isFull();
            timer = new BioTimer(this, task, !over && !full);
            if (over) {
                return timer;
            }
            if (!full) {
                mailbox.addTimer(timer);
                services.timers().add(timer, services.timers().now() + nanos);
                return timer;
            }
        } finally {
            roster.exit();
        }
        tooManyTasks();
        return timer;
    }

    private void tooManyTasks() {
        end(CloseReason.LIMIT, options.taskLimit() + " timers and tasks wait", true);
    }

    @Override
    public void pauseReading() {
        userPause(true);
    }

    @Override
    public void resumeReading() {
        userPause(false);
    }

    private void userPause(boolean on) {
        roster.enter();
        try {
            intake.userPaused = on;
            roster.wakeReader();
        } finally {
            roster.exit();
        }
    }

    @Override
    public void shutdownOutput() {
        roster.enter();
        try {
            agenda.askFin();
        } finally {
            roster.exit();
        }
    }

    @Override
    public void close() {
        close(Optional.empty(), "");
    }

    @Override
    public void close(CloseReason why, String text) {
        close(Optional.of(why), Objects.requireNonNull(text, "detail"));
    }

    private void close(Optional<CloseReason> given, String text) {
        boolean unopened;
        roster.enter();
        try {
            unopened = agenda.phase == Phase.CONNECTING;
            if (agenda.phase == Phase.OPEN) {
                agenda.phase = Phase.CLOSING;
                CloseReason usual = intake.finTold ? CloseReason.PEER : CloseReason.LOCAL;
                ending.cause(given.orElse(usual), text);
                intake.held = false;
                roster.wakeReader();
            }
        } finally {
            roster.exit();
        }
        if (unopened) {
            end(given.orElse(CloseReason.LOCAL), text, true);
        }
    }

    @Override
    public void abort(CloseReason why) {
        end(Objects.requireNonNull(why, "reason"), "", true);
    }

    @Override
    public String toString() {
        return "connection " + id + " with " + remote;
    }

    /**
     * Ends the connection: the socket is closed, which lets every thread of it out, and the reader does the rest. The
     * cause counts unless there was one before, or everything has been handed over (C-23).
     */
    void end(CloseReason why, String text, boolean byReset) {
        boolean counts;
        roster.enter();
        try {
            if (agenda.phase == Phase.ENDED) {
                return;
            }
            counts = agenda.phase != Phase.FIN_SENT;
            if (counts) {
                ending.cause(why, text);
            }
            ending.openFor(watch.age());
            agenda.phase = Phase.ENDED;
            roster.wakeReader();
        } finally {
            roster.exit();
        }
        dropQueue();
        watch.cancel();
        wire.close(byReset && counts); // once our FIN is sent an RST would only take the last answer away
    }

    /** Counts as unsent what is queued; by the writer, if there is one just now, because it may still succeed. */
    void dropQueue() {
        long dropped = 0;
        roster.enter();
        try {
            if (agenda.phase == Phase.ENDED && roster.nobodyWrites()) {
                dropped = outbox.drop();
                ending.dropped(dropped);
            }
        } finally {
            roster.exit();
        }
        services.budget().change(-dropped);
    }

    /** The network failed. */
    void failed(Exception cause) {
        end(CloseReason.RESET, Failures.text(cause), false);
    }

    /** A callback threw. */
    void handlerFailed(Throwable thrown) {
        services.tell(new ConnectionEvent.HandlerFailed(id, remote, thrown));
        end(CloseReason.HANDLER_FAILED, Failures.text(thrown), true);
    }

    CloseReason reason() {
        roster.enter();
        try {
            return ending.reason();
        } finally {
            roster.exit();
        }
    }

    /** What became of it, for observers. */
    ConnectionEvent.Closed closed() {
        roster.enter();
        try {
            return ending.event(this);
        } finally {
            roster.exit();
        }
    }

    boolean budgetSpent() {
        return services.budget().spent();
    }

    /** Without any lock, because it may call other connections. */
    void askBudget() {
        services.budget().whenFree(budgetFree);
    }

    void forgetBudget() {
        services.budget().forget(budgetFree);
    }

    private void budgetFree() {
        roster.enter();
        try {
            agenda.budgetAsked = false;
            roster.wakeReader();
        } finally {
            roster.exit();
        }
    }
}
