package io.edgewire.server;

import com.google.inject.Inject;
import io.edgewire.api.Transport;
import io.edgewire.api.wlan.Station;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** What servers share, and the order in which it is closed. */
record Wired(
        Station station,
        Transport transport,
        BlockingCalls blocking,
        SystemScheduler scheduler,
        BoundedEventQueue events) {
    /** How long a station may take to close its device. */
    private static final Duration QUIET_LIMIT = Duration.ofSeconds(10);

    @Inject
    Wired {}

    /** The reverse of the start: each is closed whatever the others do, and the events are last. */
    void close() {
        RuntimeException failure = closed(transport, null);
        failure = closed(station, failure);
        failure = closed(this::awaitDevice, failure);
        failure = closed(blocking, failure);
        failure = closed(scheduler, failure);
        failure = closed(events, failure);
        if (failure != null) {
            throw failure;
        }
    }

    private void awaitDevice() {
        if (!blocking.awaitQuiet(scheduler, QUIET_LIMIT)) {
            Logger.warn("the device has not returned from a call within " + EventText.show(QUIET_LIMIT)
                    + " and is left as it is: it may still hold its network");
        }
    }

    private static @Nullable RuntimeException closed(AutoCloseable part, @Nullable RuntimeException before) {
        try {
            part.close();
            return before;
        } catch (Exception e) {
            // Thrown when the rest is closed.
            RuntimeException failure =
                    before == null ? new IllegalStateException("not everything closed in order") : before;
            failure.addSuppressed(e);
            return failure;
        }
    }
}
