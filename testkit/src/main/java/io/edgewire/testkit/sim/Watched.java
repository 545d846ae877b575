package io.edgewire.testkit.sim;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.Timer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a handler and its connection, keeps what each did, and says at once when the connection breaks a rule.
 * It knows what the answers must be from what it saw alone.
 */
final class Watched implements ProtocolHandler, Connection {
    private final Watch watch;
    private final ProtocolHandler inner;
    private final Bytes accepted = new Bytes();
    private final Bytes delivered = new Bytes();
    private final WatchedTasks tasks;

    @SuppressWarnings("NullAway.Init") // The first callback brings it.
    private Connection connection;

    private @Nullable SimulatedChannel channel;
    private @Nullable CloseReason closed;
    private boolean opened;
    private long openedAt;
    private boolean paused;
    private boolean congested;
    private boolean finishing;
    private boolean outputShut;
    private boolean aborted;
    private boolean refused;
    private boolean stopping;
    private boolean peerClosed;

    Watched(Watch watch, ProtocolHandler inner) {
        this.watch = watch;
        this.inner = inner;
        tasks = new WatchedTasks(this, watch);
    }

    // ---- what the connection tells the handler

    @Override
    public void onOpen(Connection from) {
        connection = from;
        channel = watch.channel(from);
        opened = true;
        openedAt = watch.nanos();
        trace("onOpen");
        inner.onOpen(this);
    }

    @Override
    public void onBytes(Connection from, ByteBuffer in) {
        trace("onBytes", in.remaining());
        check(!paused, "C-14: onBytes comes although reading is paused");
        check(!finishing, "C-20: onBytes comes after close");
        check(from.reading(), "C-11: onBytes comes while reading() is false");
        check(queued() <= limits().sendHighMark(), "C-11: onBytes comes with " + queued() + " bytes queued");
        delivered.append(in);
        check(delivered.begin(peer().sent()), "C-5: the bytes delivered are not those that the peer sent");
        inner.onBytes(this, in);
    }

    @Override
    public void onPeerClosed(Connection from) {
        trace("onPeerClosed");
        peerClosed = true;
        check(!paused, "C-14: onPeerClosed comes although reading is paused");
        check(
                delivered.size() == peer().sent().size(),
                "C-24: onPeerClosed comes before the last byte: " + delivered.size() + " of "
                        + peer().sent().size());
        inner.onPeerClosed(this);
    }

    @Override
    public void onDrained(Connection from) {
        trace("onDrained");
        check(congested, "C-11: onDrained comes although the queue did not pass the high mark");
        check(queued() <= limits().sendLowMark(), "C-11: onDrained comes with " + queued() + " bytes queued");
        congested = false;
        inner.onDrained(this);
    }

    @Override
    public void onStopping(Connection from) {
        trace("onStopping");
        check(channel().group().isComplete(), "T-5: onStopping comes although nobody stops");
        stopping = true;
        inner.onStopping(this);
    }

    @Override
    public void onClosed(Connection from, CloseReason reason) {
        connection = from;
        trace("onClosed " + reason);
        check(closed == null, "C-2: onClosed comes twice");
        closed = reason;
        if (opened) {
            checkReason(reason);
        } else {
            channel = watch.channel(from);
            check(
                    reason == CloseReason.UNREACHABLE || isCutOff(),
                    "T-10: the reason is " + reason + " although it was never open");
        }
        inner.onClosed(this, reason);
    }

    private void checkReason(CloseReason reason) {
        Bytes written = socket().sent();
        check(socket().isClosed(), "C-29: the socket is open when onClosed comes");
        check(written.begin(accepted), "C-8: the bytes on the wire are not those that send took");
        boolean broken = reason == CloseReason.PROTOCOL_ERROR && !aborted;
        boolean orderly = reason == CloseReason.LOCAL || reason == CloseReason.PEER || broken;
        check(
                !orderly || written.size() == accepted.size(),
                "C-20: an orderly end although " + queued() + " bytes were not sent");
        check(!orderly || finishing || outputShut && peerClosed, "C-20: an orderly end that nobody asked for");
        check(reason != CloseReason.UNREACHABLE, "T-10: the reason is UNREACHABLE although it was open");
        check(reason != CloseReason.PEER || peerClosed, "C-24: the reason is PEER without onPeerClosed");
        check(reason != CloseReason.RESET || socket().failed(), "C-26: the reason is RESET and there was none");
        check(reason != CloseReason.SLOW_PEER || refused || aborted, "C-10: SLOW_PEER although no send was refused");
        check(
                reason != CloseReason.SHUTDOWN || aborted || channel().group().isComplete(),
                "T-6: the reason is SHUTDOWN although nobody stops");
        check(
                reason != CloseReason.LINK_LOST || aborted || watch.mayLoseLink(this),
                "the reason is LINK_LOST although the link was not lost for long enough");
    }

    // ---- what the handler asks of the connection

    @Override
    public long id() {
        return connection.id();
    }

    @Override
    public InetSocketAddress remote() {
        return connection.remote();
    }

    @Override
    public InetSocketAddress local() {
        return connection.local();
    }

    @Override
    public boolean send(ByteBuffer bytes) {
        return send(() -> connection.send(bytes), bytes);
    }

    @Override
    public boolean send(ByteBuffer... parts) {
        return send(() -> connection.send(parts), parts);
    }

    private boolean send(BooleanSupplier send, ByteBuffer... parts) {
        int count = remaining(parts);
        ByteBuffer given = ByteBuffer.allocate(count);
        Stream.of(parts).forEach(part -> given.put(part.duplicate()));
        boolean over = queued() + count > limits().sendLimit();
        boolean taken = send.getAsBoolean();
        int left = remaining(parts);
        trace(taken ? "send" : "send refused:", count);
        if (taken) {
            check(!over, "C-10: " + count + " bytes were taken with " + queued() + " queued");
            check(left == 0, "C-7: send took its bytes and left the position where it was");
            check(opened && !finishing && !outputShut && closed == null, "C-20: bytes were taken after the end");
            accepted.append(given.flip());
            congested |= queued() > limits().sendHighMark();
            check(writable() == !congested, "C-11: writable() is " + writable() + " with " + queued() + " queued");
        } else {
            check(left == count, "C-7: a refused send has moved the position");
            check(
                    over || !opened || finishing || outputShut || channel().ended() || isCutOff(),
                    "C-10: " + count + " bytes were refused with " + queued() + " queued");
            boolean cutOff = over && opened && !finishing && !outputShut;
            refused |= cutOff;
            finishing |= cutOff;
        }
        return taken;
    }

    private static int remaining(ByteBuffer... parts) {
        return Stream.of(parts).mapToInt(ByteBuffer::remaining).sum();
    }

    @Override
    public boolean writable() {
        return connection.writable();
    }

    @Override
    public boolean reading() {
        return connection.reading();
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
        trace("pauseReading");
        paused = true;
        connection.pauseReading();
    }

    @Override
    public void resumeReading() {
        trace("resumeReading");
        paused = false;
        connection.resumeReading();
    }

    @Override
    public void shutdownOutput() {
        trace("shutdownOutput");
        outputShut = true;
        connection.shutdownOutput();
    }

    @Override
    public void close() {
        trace("close");
        finishing = true;
        connection.close();
    }

    @Override
    public void close(CloseReason reason, String detail) {
        trace("close " + reason);
        finishing = true;
        connection.close(reason, detail);
    }

    @Override
    public void abort(CloseReason reason) {
        trace("abort " + reason);
        finishing = true;
        aborted = true;
        connection.abort(reason);
    }

    // ---- what the watch asks

    /** Nothing more can happen now: what should have happened and has not never will. */
    void checkQuiet() {
        SimulatedChannel socket = channel;
        if (socket == null || socket.ended() || closed != null) {
            return;
        }
        check(!reading() || socket.reads() || !socket().readable(), "C-5: bytes have come, and nobody reads them");
        check(!reading() || !paused, "C-14: reading() is true although reading is paused");
        boolean mayRead = !finishing && !paused && !congested && !peerClosed && !watch.isBudgetSpent();
        check(!mayRead || reading(), "C-11: it does not read, and nothing holds it");
        check(!(queued() > 0 && socket().writable()) || socket.writes(), "C-5: bytes are queued, and nobody writes");
        check(
                !congested || finishing || outputShut || queued() > limits().sendLowMark(),
                "C-11: onDrained does not come with " + queued() + " bytes queued");
        check(!finishing && !outputShut || queued() > 0 || socket.finSent(), "C-20: all was sent, but not the FIN");
        check(
                !socket.group().isDraining() || stopping || finishing || congested || watch.isBudgetSpent(),
                "T-5: onStopping does not come");
        check(tasks.left() == 0, "C-3: " + tasks.left() + " tasks do not run");
    }

    @Nullable
    CloseReason closed() {
        return closed;
    }

    boolean isOpen() {
        return opened && closed == null;
    }

    long openedAt() {
        return openedAt;
    }

    int acceptedBytes() {
        return accepted.size();
    }

    int deliveredBytes() {
        return delivered.size();
    }

    private long queued() {
        return opened ? accepted.size() - socket().sent().size() : 0;
    }

    /** Whether an end from outside may be on its way: of its listener or transport, or for want of a link. */
    private boolean isCutOff() {
        return channel().group().isComplete() || watch.mayLoseLink(this);
    }

    private ConnectionOptions limits() {
        return channel().options();
    }

    private End socket() {
        return Objects.requireNonNull(channel().end(), "not connected");
    }

    SimulatedChannel channel() {
        return Objects.requireNonNull(channel, "no onOpen");
    }

    private End peer() {
        return socket().other();
    }

    Connection connection() {
        return connection;
    }

    void check(boolean holds, String rule) {
        if (!holds) {
            watch.violated(connection.id(), rule);
        }
    }

    void trace(String what) {
        watch.trace().connection(connection.id(), what);
    }

    private void trace(String what, int amount) {
        watch.trace().connection(connection.id(), what, amount);
    }
}
