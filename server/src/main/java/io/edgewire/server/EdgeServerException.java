package io.edgewire.server;

import java.util.Objects;

/** A server that did not come to listen. The message tells why and what to do. */
public final class EdgeServerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why, to branch on. */
    public enum Kind {
        /** The station gave up: its network cannot be joined. */
        STATION_FAILED,
        /** The server was stopped before it could listen. */
        STOPPED
    }

    private final Kind kind;

    EdgeServerException(Kind kind, String message) {
        super(message);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /** Why. */
    public Kind kind() {
        return kind;
    }
}
