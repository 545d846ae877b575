package io.edgewire.testkit.transport;

import io.edgewire.api.Clock;
import io.edgewire.api.event.EventSink;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/**
 * What the contract tests give to the transport under test.
 *
 * @param threads makes every thread that the transport needs
 * @param clock the only time it may use; moved by hand
 * @param events where it tells its events
 * @param sendBudget bytes that the queues of all its connections may hold together (C-12)
 */
public record TransportSetup(ThreadFactory threads, Clock clock, EventSink events, long sendBudget) {
    /** How long a handler may take before the transport under test tells it as blocked (T-14): everybody's default. */
    public static final Duration BLOCKED_AFTER = Duration.ofSeconds(1);
}
