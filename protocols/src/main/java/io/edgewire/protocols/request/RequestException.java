package io.edgewire.protocols.request;

import java.util.Objects;

/** A request that got no reply; the message says why, for people. */
public final class RequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What happened, to branch on. */
    public enum Kind {
        /** As many are under way as may be: it was not sent. */
        TOO_MANY,
        /** It was not sent, and the other side has not seen it. */
        NOT_SENT,
        /** The connection was lost, or the time is over: the other side may have done what was asked, or not. */
        NO_ANSWER,
        /** The other side has answered that it failed. */
        FAILED
    }

    private final Kind kind;

    /** An exception of the given kind. */
    public RequestException(Kind kind, String message) {
        super(message);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /** What happened. */
    public Kind kind() {
        return kind;
    }
}
