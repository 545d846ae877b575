package io.edgewire.server;

import io.edgewire.api.event.EdgeEvent;
import io.edgewire.api.event.EventSink;
import java.util.List;
import java.util.Set;

/** All that stands behind the queue of events: the log, which also hears of what goes wrong here, and the others. */
final class Observers implements BoundedEventQueue.Observer {
    private final TinylogEvents log;
    private final List<EventSink> sinks;

    Observers(TinylogEvents log, Set<EventSink> sinks) {
        this.log = log;
        this.sinks = List.copyOf(sinks);
    }

    @Override
    public void accept(EdgeEvent event) {
        accept(log, event);
        sinks.forEach(sink -> accept(sink, event));
    }

    /** One observer's fault must not keep the event from the others. */
    private void accept(EventSink sink, EdgeEvent event) {
        try {
            sink.accept(event);
        } catch (Throwable e) {
            failed(e);
        }
    }

    @Override
    public void dropped(long events) {
        log.dropped(events);
    }

    @Override
    public void failed(Throwable cause) {
        log.failed(cause);
    }

    @Override
    public void idle() {
        log.idle();
    }

    @Override
    public void ended() {
        log.ended();
    }
}
