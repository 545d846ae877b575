package io.edgewire.transport.bio;

import io.edgewire.transport.core.TimerHeap;

/** Looks again whether a connection needs a helper, after one could not be started. */
final class Retry extends TimerHeap.Entry {
    private final BioConnection connection;

    Retry(BioConnection connection) {
        this.connection = connection;
    }

    @Override
    public void run() {
        connection.roster.enter();
        connection.roster.exit();
    }
}
