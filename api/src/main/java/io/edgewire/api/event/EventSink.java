package io.edgewire.api.event;

/**
 * Where events go.
 *
 * <p><b>Threads.</b> Called by every thread of Edgewire, also within a transport's loop: must be safe for that and must
 * not block. An observer that may block, as a console may, stands behind a bounded queue that counts what it drops.
 *
 * <p><b>Failure.</b> Must not throw.
 */
@FunctionalInterface
public interface EventSink {
    /** Throws every event away. */
    EventSink NONE = event -> {};

    /** Takes an event. */
    void accept(EdgeEvent event);

    /** A sink that gives each event to this one and then to another. */
    default EventSink and(EventSink other) {
        return event -> {
            accept(event);
            other.accept(event);
        };
    }
}
