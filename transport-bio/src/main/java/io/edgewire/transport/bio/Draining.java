package io.edgewire.transport.bio;

/**
 * One connection's part in its listener's stop (T-5). Where the reader is about, it looks itself what has arrived. Where
 * it blocks in a read, it cannot be asked; then whoever stops the listener looks from outside.
 *
 * <p><b>Threads.</b> That of who stops the listener.
 */
final class Draining {
    private final Roster roster;
    private final Agenda agenda;
    private final Wire wire;

    Draining(BioConnection connection) {
        roster = connection.roster;
        agenda = connection.agenda;
        wire = connection.wire;
    }

    /** The listener drains: what has arrived by now is delivered first. */
    void ask() {
        roster.enter();
        try {
            agenda.askToStop(wire.receiveBuffer());
            roster.wakeReader();
        } finally {
            roster.exit();
        }
    }

    /**
     * The number of the read that the reader seems to be blocked in with nothing there, or 0. It may just have been
     * given bytes and not have come to say so: so ask twice, with a pause, before it is believed.
     */
    long quietRead() {
        roster.enter();
        try {
            return agenda.stopAsked() && wire.nothingArrived() ? agenda.currentRead() : 0;
        } finally {
            roster.exit();
        }
    }

    /** Nothing had arrived: {@code onStopping} may be called although the reader is in that read. */
    void stopInRead(long read) {
        roster.enter();
        try {
            if (read != 0 && quietRead() == read) {
                agenda.stopNow();
            }
        } finally {
            roster.exit();
        }
    }

    /** Whether {@code onStopping} has been called and has returned, or will not be. */
    boolean told() {
        roster.enter();
        try {
            return agenda.willNotBeTold() || agenda.stopping == Stopping.TOLD && roster.tokenIsFree();
        } finally {
            roster.exit();
        }
    }
}
