package io.edgewire.api;

/** How a {@link Listener#stop} ended. */
public enum StopOutcome {
    /** Every connection closed by itself within the grace. */
    DRAINED,
    /** The grace ran out and something was cut off. */
    FORCED,
    /** There was nothing to stop: the listener had stopped before. */
    NOT_RUNNING
}
