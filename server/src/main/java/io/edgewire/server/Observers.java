package io.edgewire.server;

import io.edgewire.api.event.EdgeEvent;
import io.edgewire.api.event.EventSink;
import java.util.List;
import java.util.Set;
import org.tinylog.Logger;

/** All that stands behind the queue of events. */
final class Observers implements BoundedEventQueue.Observer {
    private final List<EventSink> sinks;

    Observers(Set<EventSink> sinks) {
        this.sinks = List.copyOf(sinks);
    }

    @Override
    public void accept(EdgeEvent event) {
        for (EventSink sink : sinks) {
            try {
                sink.accept(event);
            } catch (RuntimeException e) {
                // One observer's fault must not keep the event from the others.
                failed(e);
            }
        }
    }

    @Override
    public void dropped(long events) {
        Logger.warn(events + " events are not in this log: they came faster than it could be written"
                + " (edgewire.log.queue)");
    }

    @Override
    public void failed(Throwable cause) {
        Logger.error(cause, "an observer of events failed");
    }
}
