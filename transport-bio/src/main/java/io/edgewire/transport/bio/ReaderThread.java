package io.edgewire.transport.bio;

import io.edgewire.api.CloseReason;
import io.edgewire.api.ConnectOptions;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.transport.core.Failures;
import io.edgewire.transport.core.TimerHeap;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The thread of one connection, from the handler's making to {@code onClosed}. */
final class ReaderThread implements Runnable {
    private final BioConnection connection;
    private final Roster roster;
    private final ProtocolFactory protocol;
    /** How an outgoing connection is to be opened; null for one that was accepted. */
    private final @Nullable ConnectOptions outgoing;

    ReaderThread(BioConnection connection, ProtocolFactory protocol, @Nullable ConnectOptions outgoing) {
        this.connection = connection;
        this.roster = connection.roster;
        this.protocol = protocol;
        this.outgoing = outgoing;
    }

    @Override
    public void run() {
        try {
            if (makeHandler() && establish()) {
                serve();
            }
        } catch (RuntimeException | Error e) {
            // A fault of our own, or no memory: this connection cannot go on, the others can.
            connection.end(CloseReason.RESET, e.toString(), true);
        } finally {
            tellClosed();
        }
    }

    private boolean makeHandler() {
        connection.handlerWatch.begin(connection.id(), connection.remote());
        try {
            connection.handler = Objects.requireNonNull(protocol.newHandler(), "newHandler() gave null");
            return true;
        } catch (Throwable thrown) { // also an Error: it concerns this connection only (T-11)
            connection.handlerFailed(thrown);
            return false;
        } finally {
            connection.handlerWatch.end();
            Thread.interrupted();
        }
    }

    private boolean establish() {
        try {
            if (outgoing != null) {
                connect(outgoing);
            }
            connection.wire.tune(
                    connection.options.socketSendBuffer(),
                    connection.services.buffers().largest());
        } catch (IOException | RuntimeException e) { // the second for an address family that this machine has not
            CloseReason reason = outgoing == null ? CloseReason.RESET : CloseReason.UNREACHABLE;
            connection.end(reason, Failures.text(e), false);
            return false;
        }
        InetSocketAddress local = connection.wire.local();
        if (local != null) {
            connection.local(local);
        }
        return roster.open();
    }

    /** The timer thread ends the attempt, so that the limit is measured by the transport's clock. */
    private void connect(ConnectOptions options) throws IOException {
        TimerHeap.Entry limit = new TimerHeap.Entry() {
            @Override
            public void run() {
                connection.end(CloseReason.UNREACHABLE, "no answer within " + options.connectTimeout(), true);
            }
        };
        BioTimers timers = connection.services.timers();
        timers.add(limit, timers.now() + options.connectTimeout().toNanos());
        try {
            connection.wire.connect(options);
        } finally {
            timers.cancel(limit);
        }
    }

    private void serve() {
        connection.services.tell(new ConnectionEvent.Opened(connection.id(), connection.local(), connection.remote()));
        Turn turn = new Turn(connection, roster.reader);
        turn.callBack(Step.OPEN);
        Step step = roster.next(roster.reader);
        while (step != Step.LEAVE) {
            switch (step) {
                case READ -> read();
                case PROBE -> probe();
                case PARK -> roster.park();
                case ASK_BUDGET -> connection.askBudget();
                default -> turn.take(step);
            }
            step = roster.next(roster.reader);
        }
    }

    private void read() {
        int count = 0;
        ByteBuffer buffer = connection.intake.empty(connection.budgetSpent());
        try {
            count = connection.wire.read(buffer);
        } catch (IOException e) {
            connection.failed(e);
        } finally {
            roster.readDone(count);
        }
    }

    private void probe() {
        int count = 0;
        try {
            count = connection.wire.tryRead(connection.intake.empty(connection.budgetSpent()));
        } catch (IOException e) {
            connection.failed(e);
        } finally {
            roster.probeDone(count);
        }
    }

    /** The end of life: every other thread is out, so the descriptor is freed (C-29). */
    private void tellClosed() {
        connection.end(CloseReason.LOCAL, "", false); // after the peer's FIN; otherwise it has ended already
        roster.awaitAlone();
        connection.dropQueue();
        connection.intake.release();
        connection.forgetBudget();
        connection.owner.released(connection);
        connection.services.tell(connection.closed());
        connection.handlerWatch.begin(connection.id(), connection.remote());
        try {
            connection.handler.onClosed(connection, connection.reason());
        } catch (Throwable thrown) { // reported, and there is nothing left to end (C-25)
            connection.handlerFailed(thrown);
        } finally {
            connection.handlerWatch.end();
            connection.owner.gone(connection);
        }
    }
}
