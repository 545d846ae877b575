package io.edgewire.server;

import com.google.inject.Inject;
import io.edgewire.api.Transport;
import io.edgewire.api.wlan.Station;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** What servers share, and the order in which it is closed. */
record Wired(
        Station station,
        Transport transport,
        BlockingCalls blocking,
        SystemScheduler scheduler,
        BoundedEventQueue events,
        StopOptions stop) {
    @Inject
    Wired {}

    /** The reverse of the start: each is closed whatever the others do, and the events are last. */
    void close() {
        RuntimeException failure = closed(transport, null);
        failure = closed(this::leave, failure);
        failure = closed(blocking, failure);
        failure = closed(scheduler, failure);
        failure = closed(events, failure);
        if (failure != null) {
            throw failure;
        }
    }

    /** Beginning to close is quick; what is waited for is the device. */
    private void leave() throws InterruptedException {
        station.close();
        try {
            station.closed().toCompletableFuture().get(stop.leaveTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            Logger.warn("the station has not closed within " + EventText.show(stop.leaveTimeout())
                    + " (edgewire.server.leave-timeout) and is left as it is: it may still hold its network");
        } catch (ExecutionException e) {
            // The station has told what its device did, and there is nothing to be done about it.
            Logger.debug(e.getCause(), "the station did not close in order");
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
