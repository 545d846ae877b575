package io.edgewire.api;

import java.util.Objects;

/** A listener that could not be started. The message names the address and port, the cause and what to do. */
public final class TransportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, to branch on. */
    public enum Kind {
        /** Another socket holds the port. */
        ADDRESS_IN_USE,
        /** No interface of this machine has the address, or not yet. */
        ADDRESS_NOT_LOCAL,
        /** The system refuses this port to this user. */
        NOT_PERMITTED,
        /** Anything else; the cause has the kernel's text. */
        FAILED
    }

    private final Kind kind;

    /** An exception of the given kind. */
    public TransportException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }
}
