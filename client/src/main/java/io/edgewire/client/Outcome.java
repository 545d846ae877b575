package io.edgewire.client;

/**
 * What became of a message. TCP tells nobody what the other side has read: a system that took bytes may lose them
 * with the connection. So there is one proof only, an answer of the application, and the user says when it has come.
 */
public enum Outcome {
    /**
     * Never handed over to a connection: refused, dropped for a newer one, or left over at the end. The server cannot
     * have it. To send it again can do no harm.
     */
    NOT_SENT,
    /**
     * Handed over, and the proof did not come: the connection was lost, or the client stopped waiting for it. The server
     * may have it or not. We never send it again; whoever does so risks that it arrives twice.
     */
    UNKNOWN,
    /** {@link ReconnectingClient#arrived} has said that the server has it. */
    SENT
}
