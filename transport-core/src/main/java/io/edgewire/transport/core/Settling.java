package io.edgewire.transport.core;

import io.edgewire.api.ProtocolHandler;
import io.edgewire.transport.core.LoopConnection.State;

/**
 * Brings a {@link LoopConnection} in line with its queue and its flags after whatever may have changed them: writes,
 * tells {@code onDrained}, sends the FIN when its moment has come, and sets what the network and the clock are to tell.
 *
 * <p><b>Threads.</b> {@link #soon} from any; all else from the loop's own, never within a callback.
 */
final class Settling {
    /** How often {@code onDrained} may fill and drain the queue again before others have their turn. */
    private static final int DRAINED_ROUNDS = 4;

    private final LoopConnection connection;
    private final Loop loop;
    private final LoopChannel channel;
    private final Outbound outbound;
    private final Inbound inbound;
    private final DeadlineTimer deadlines;
    private final Drain drain;
    private boolean touched;

    Settling(
            LoopConnection connection,
            Loop loop,
            LoopChannel channel,
            Outbound outbound,
            Inbound inbound,
            DeadlineTimer deadlines,
            Drain drain) {
        this.connection = connection;
        this.loop = loop;
        this.channel = channel;
        this.outbound = outbound;
        this.inbound = inbound;
        this.deadlines = deadlines;
        this.drain = drain;
    }

    /** After the running callback, which may be that of another connection, or in the loop. */
    void soon() {
        if (!loop.inLoop()) {
            loop.execute(this::now);
        } else if (loop.running != connection && !touched) {
            loop.touch(this);
            touched = true; // only now: the stack of the handler that calls may be at its end
        }
    }

    void asTouched() {
        touched = false;
        now();
    }

    void now() {
        State state = connection.state();
        if (state == State.CONNECTING || state == State.CLOSED) {
            return;
        }
        try {
            write();
            watch();
        } catch (Throwable thrown) { // no memory, say: settled by half it would wait for ever
            connection.fail(thrown);
        }
    }

    private void write() {
        outbound.flush();
        for (int round = 0; connection.state() == State.OPEN && outbound.drained(); round++) {
            if (round == DRAINED_ROUNDS) {
                outbound.congestAgain();
                loop.execute(this::now);
                break;
            }
            connection.call(ProtocolHandler::onDrained);
            outbound.flush();
        }
        if (connection.finDue() && outbound.isEmpty()) {
            connection.sendFin();
        }
    }

    private void watch() {
        if (connection.state() != State.CLOSED) {
            drain.goOn();
            boolean reads = inbound.wanted();
            deadlines.reading(reads && connection.state() == State.OPEN);
            deadlines.waiting(outbound.blocked());
            channel.interest(reads, outbound.blocked());
        }
    }
}
