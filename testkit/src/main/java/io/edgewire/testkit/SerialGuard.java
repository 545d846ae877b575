package io.edgewire.testkit;

import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.ProtocolHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Watches that the calls of each connection come one at a time and in the order that the contract gives (C-1, C-2, C-6,
 * P-1, P-2). Wrap every handler of a test in it and call {@link #check} at the end.
 *
 * <p><b>Threads.</b> Any.
 */
public final class SerialGuard {
    private final List<String> violations = new CopyOnWriteArrayList<>();

    /** A guard that has seen nothing yet. */
    public SerialGuard() {}

    /** A factory whose handlers are watched. */
    public ProtocolFactory wrap(ProtocolFactory factory) {
        return () -> wrap(factory.newHandler());
    }

    /** A handler that is watched, and so are the timers and tasks that it gives to its connection. */
    public ProtocolHandler wrap(ProtocolHandler handler) {
        return new GuardedHandler(handler, violations::add);
    }

    /** What was seen so far, each a sentence. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /** Throws an {@link AssertionError} that tells every violation, if there was one. */
    public void check() {
        if (!violations.isEmpty()) {
            throw new AssertionError(
                    "the contract of ProtocolHandler was broken:\n  " + String.join("\n  ", violations));
        }
    }
}
