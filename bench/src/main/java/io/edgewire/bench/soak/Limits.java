package io.edgewire.bench.soak;

import java.time.Duration;

/**
 * What the server is told to allow, so that clients know what to expect.
 *
 * @param perAddress connections from one address
 * @param heartbeat after how much silence a client is asked
 * @param writeTimeout how long a client may take no byte
 */
record Limits(int perAddress, Duration heartbeat, Duration writeTimeout) {
    /** Unanswered questions in a row that end a connection: the default of the protocol. */
    private static final int MISSED = 3;

    static final Limits SOAK = new Limits(100, Duration.ofSeconds(5), Duration.ofSeconds(15));

    /** How long a client may be silent at most. */
    Duration silence() {
        return heartbeat.multipliedBy(MISSED + 1L);
    }
}
