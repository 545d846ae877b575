package io.edgewire.client;

/** What {@link ReconnectingClient#send} does with one message too many. */
public enum WhenFull {
    /** Refuses it: its outcome is {@link Outcome#NOT_SENT} at once. */
    REFUSE,
    /** Takes it, and drops as many of the oldest that wait: {@link Outcome#NOT_SENT}. For readings, of which the last counts. */
    DROP_OLDEST,
    /**
     * Blocks the caller until there is room, but no longer than {@link QueueOptions#patience()}; then refuses. Not for
     * callbacks: there it throws IllegalStateException, because who waits for his own thread waits for ever.
     */
    WAIT
}
