package io.edgewire.bench.soak;

import java.util.concurrent.atomic.LongAdder;

/** What the clients have done so far. Written by their thread, read by any. */
final class Tally {
    /** Connections that were begun. */
    final LongAdder begun = new LongAdder();
    /** Connections that are open, or being opened. */
    final LongAdder open = new LongAdder();
    /** Messages whose echo came back whole. */
    final LongAdder messages = new LongAdder();
    /** Bytes that were compared. */
    final LongAdder verified = new LongAdder();
    /** Heartbeats that were answered, by either side. */
    final LongAdder heartbeats = new LongAdder();
    /** Connections that the server turned away, as it should. */
    final LongAdder refused = new LongAdder();
    /** Connections that the server ended because the peer was silent or took nothing, as it should. */
    final LongAdder dismissed = new LongAdder();
}
