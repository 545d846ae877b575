package io.edgewire.transport.bio;

/** What one of a connection's threads does next. The first group are callbacks and need the serial token. */
enum Step {
    /** {@code onOpen}. */
    OPEN,
    /** {@code onBytes} with what was read. */
    DELIVER,
    /** {@code onPeerClosed}. */
    TELL_FIN,
    /** {@code onStopping}. */
    TELL_STOPPING,
    /** {@code onDrained}. */
    TELL_DRAINED,
    /** Tasks and timers that wait. */
    RUN_TASKS,

    /** Give the kernel some of what is queued. */
    WRITE,
    /** Send our FIN. */
    FIN,
    /** Block until the peer sends something. */
    READ,
    /** Read what has arrived, without waiting: the listener drains. */
    PROBE,
    /** Ask to be woken when the transport's send budget has room. */
    ASK_BUDGET,
    /** Wait to be woken: there is nothing to do, or it is not to be done now. */
    PARK,
    /** The thread's part is over. */
    LEAVE
}
