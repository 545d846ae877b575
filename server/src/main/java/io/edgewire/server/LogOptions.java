package io.edgewire.server;

import io.edgewire.wiring.Settings;

/**
 * How events reach their observers.
 *
 * @param queue how many may wait
 */
record LogOptions(int queue) {
    static LogOptions read(Settings settings) {
        return new LogOptions(settings.integer("queue", 16, 1_000_000));
    }
}
