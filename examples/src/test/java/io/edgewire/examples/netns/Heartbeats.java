package io.edgewire.examples.netns;

import java.time.Duration;

/** The heartbeat that the scenarios configure, and what it promises. */
final class Heartbeats {
    static final String[] OPTIONS = {
        "edgewire.server.protocol=heartbeat",
        "edgewire.protocol.heartbeat.interval=500ms",
        "edgewire.protocol.heartbeat.max-missed=2"
    };

    /** (max-missed + 1) x interval. */
    static final Duration LIMIT = Duration.ofMillis(1500);

    static final String PROMISE = "in 1.5 s ((max-missed + 1) x interval)";

    /** So many questions only who answers them hears. */
    static final int ALIVE = 4;

    private Heartbeats() {}
}
