package io.edgewire.transport.bio;

/** Whether {@code onStopping} is to be called (T-5). */
enum Stopping {
    /** The listener does not drain. */
    NO,
    /** It does; what had arrived is to be delivered first. */
    ASKED,
    /** Nothing is left to deliver: it may be called. */
    DUE,
    /** It was called. */
    TOLD
}
