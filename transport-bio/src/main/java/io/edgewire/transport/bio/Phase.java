package io.edgewire.transport.bio;

/**
 * How far a connection is.
 *
 * <pre>
 *   CONNECTING ──established──▶ OPEN ──close──▶ CLOSING ──queue empty, FIN sent──▶ FIN_SENT
 *       │                        │                │                                  │
 *       │ unreachable,           │ abort,         │ abort, network failed:           │ peer's FIN, timeout,
 *       │ close, abort           │ network failed │ its reason counts                │ abort: the first reason stays
 *       └────────────────────────┴───────┬────────┴──────────────────────────────────┘
 *                                        ▼
 *                                      ENDED ──every thread is out──▶ onClosed
 * </pre>
 *
 * A half-close of ours sends its FIN in OPEN and leaves the phase as it is (C-30).
 */
enum Phase {
    /** Not yet established; nothing is called yet. */
    CONNECTING,
    /** Bytes go both ways. */
    OPEN,
    /** Sends what is queued; input is discarded. */
    CLOSING,
    /** Waits for the peer's FIN; input is discarded. */
    FIN_SENT,
    /** The reason is fixed and the socket is closed or about to be. */
    ENDED;

    /** Whether tasks and timers may still run. */
    boolean serves() {
        return this == OPEN || this == CLOSING || this == FIN_SENT;
    }
}
