package io.edgewire.server;

import io.edgewire.wiring.Settings;
import java.time.Duration;

/**
 * How everything that was wired ends, after the servers have.
 *
 * @param leaveTimeout how long the station may take to leave its network and to close its device
 */
record StopOptions(Duration leaveTimeout) {
    static StopOptions read(Settings server) {
        return new StopOptions(server.duration("leave-timeout", Duration.ZERO, Duration.ofDays(30)));
    }
}
