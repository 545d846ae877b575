package io.edgewire.transport.core;

import io.edgewire.api.ProtocolHandler;

/**
 * What a listener that stops asks of a connection: deliver what has arrived, then {@code onStopping} (T-5). What has
 * arrived is at most a receive buffer full, so a peer that sends without end cannot hold it up.
 *
 * <pre>
 *  NOT_ASKED ── begin ──▶ READING ── read nothing, or enough, or the handler has paused ──▶ TOLD
 *                          │    ▲
 *                          └────┘ waits while the transport itself has paused reading
 * </pre>
 *
 * <p><b>Threads.</b> The loop's.
 */
final class Drain {
    private enum Phase {
        NOT_ASKED,
        READING,
        TOLD
    }

    private final LoopConnection connection;
    private final Loop loop;
    private final LoopChannel channel;
    private final Inbound inbound;

    private Phase phase = Phase.NOT_ASKED;
    private boolean stepAhead;
    private long enough;

    Drain(LoopConnection connection, Loop loop, LoopChannel channel, Inbound inbound) {
        this.connection = connection;
        this.loop = loop;
        this.channel = channel;
        this.inbound = inbound;
    }

    void begin() {
        if (phase == Phase.NOT_ASKED && open()) {
            phase = Phase.READING;
            enough = inbound.bytes() + Math.max(1, channel.receiveBuffer());
            readToTheEnd();
        }
    }

    /** Goes on, in the loop's next round, once reading is possible again; called at each settling. */
    void goOn() {
        boolean possible = inbound.paused() || inbound.ended() || inbound.reading();
        if (phase == Phase.READING && possible && !stepAhead && open()) {
            stepAhead = true;
            loop.execute(this::readToTheEnd);
        }
    }

    /** In one go: it is bounded, and an abort that follows at once must find {@code onStopping} told. */
    private void readToTheEnd() {
        stepAhead = false;
        boolean nothing = false;
        while (!nothing && open() && inbound.reading() && inbound.bytes() < enough) {
            nothing = inbound.readOnce() <= 0;
        }
        boolean done = nothing || inbound.bytes() >= enough || inbound.paused() || inbound.ended();
        if (done && open()) {
            phase = Phase.TOLD;
            connection.call(ProtocolHandler::onStopping);
        }
        connection.settle();
    }

    /** A close or abort of another thread that is on its way here came first. */
    private boolean open() {
        return connection.undecided();
    }
}
