package io.edgewire.testkit.sim;

import io.edgewire.api.event.EdgeEvent;
import io.edgewire.api.event.LinkEvent;
import io.edgewire.api.event.ServerEvent;
import io.edgewire.api.wlan.StationState;
import io.edgewire.transport.core.BindFailures;
import java.time.Duration;

/** Events and times in the words of a trace. */
final class EventWords {
    private EventWords() {}

    static String of(EdgeEvent event) {
        if (event instanceof LinkEvent.Changed changed) {
            return "station: " + of(changed.state());
        } else if (event instanceof LinkEvent.DeviceFailed failed) {
            return "board: " + failed.cause();
        } else if (event instanceof ServerEvent.Listening one) {
            return "server: listens on " + BindFailures.text(one.address());
        } else if (event instanceof ServerEvent.Moved one) {
            return "server: has moved from " + BindFailures.text(one.from()) + " to " + BindFailures.text(one.to());
        } else if (event instanceof ServerEvent.Suspended one) {
            return "server: gives up " + BindFailures.text(one.address()) + " and " + one.connections()
                    + " connections with it";
        } else if (event instanceof ServerEvent.ListenFailed one) {
            return "server: " + one.cause().getMessage()
                    + (one.retryIn().isZero() ? "" : ", tries again in " + of(one.retryIn()));
        } else if (event instanceof ServerEvent.Stopping one) {
            return "server: stops within " + of(one.grace()) + ", " + one.connections() + " connections are open";
        } else if (event instanceof ServerEvent.Stopped one) {
            return "server: has stopped, " + one.outcome();
        }
        return event.toString();
    }

    private static String of(StationState state) {
        if (state instanceof StationState.Up up) {
            return "up at " + up.config().address().getHostAddress();
        } else if (state instanceof StationState.Lost lost) {
            return "lost, " + lost.why();
        } else if (state instanceof StationState.Retrying retrying) {
            return "tries again in " + of(retrying.delay()) + ", " + retrying.why();
        } else if (state instanceof StationState.Failed failed) {
            return "has failed, " + failed.why();
        } else if (state instanceof StationState.Associating associating) {
            return "associates, attempt " + associating.attempt();
        }
        return state instanceof StationState.Acquiring ? "waits for an address" : "down";
    }

    /** {@code 5 ms}, {@code 17 s}. */
    static String of(Duration time) {
        return time.toMillis() >= 10_000
                        || time.toMillis() % 1000 == 0 && !time.minusSeconds(1).isNegative()
                ? time.toSeconds() + " s"
                : time.toNanos() >= 1_000_000 || time.isZero()
                        ? time.toMillis() + " ms"
                        : time.toNanos() / 1000 + " µs";
    }
}
