package io.edgewire.client;

/** What becomes of the next message when as many are handed over, and not proved, as the window allows. */
public enum Unproved {
    /** The next one waits in the queue: for a server that answers each. It answers, or the heartbeat ends it. */
    HOLD,
    /** The oldest is given up, with {@link Outcome#UNKNOWN}: for a server that answers nothing. */
    GIVE_UP
}
