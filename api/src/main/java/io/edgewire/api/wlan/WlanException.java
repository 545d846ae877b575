package io.edgewire.api.wlan;

import java.util.Objects;

/** A WLAN interface that cannot be used. The message says what to do. */
public final class WlanException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, to branch on. */
    public enum Kind {
        /** The device was closed. */
        CLOSED,
        /** There is no such interface, or what drives it does not run. */
        UNAVAILABLE,
        /** This user may not drive it. */
        NOT_PERMITTED,
        /** This board cannot do that. */
        UNSUPPORTED,
        /** The call did not end within its limit. */
        TIMED_OUT,
        /** Anything else. */
        FAILED
    }

    private final Kind kind;

    /** An exception without a deeper cause. */
    public WlanException(Kind kind, String message) {
        super(message);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /** An exception with the cause that it explains. */
    public WlanException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }
}
