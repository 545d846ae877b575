package io.edgewire.testkit;

import io.edgewire.api.event.EdgeEvent;
import io.edgewire.api.event.EventSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * Keeps every event in the order of its arrival.
 *
 * <p><b>Threads.</b> Any.
 */
public final class RecordingEvents implements EventSink {
    private final List<EdgeEvent> events = new CopyOnWriteArrayList<>();
    private final Await await;

    /** Waits in real time. */
    public RecordingEvents() {
        this(Await.REAL_TIME);
    }

    /** Waits in the given manner. */
    public RecordingEvents(Await await) {
        this.await = await;
    }

    @Override
    public void accept(EdgeEvent event) {
        events.add(event);
    }

    /** Every event so far. */
    public List<EdgeEvent> all() {
        return List.copyOf(events);
    }

    /** Every event of a type so far. */
    public <E extends EdgeEvent> List<E> all(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The first event of a type, once there is one. */
    public <E extends EdgeEvent> E await(Class<E> type) {
        return await(type, event -> true);
    }

    /** The first event of a type that matches, once there is one. */
    public <E extends EdgeEvent> E await(Class<E> type, Predicate<? super E> match) {
        return await.value(
                "there is a matching " + type.getSimpleName() + " among the events",
                () -> all(type).stream().filter(match).findFirst());
    }

    /** Returns once there are at least so many events of a type. */
    public <E extends EdgeEvent> List<E> await(Class<E> type, int count) {
        await.until(
                "there are " + count + " " + type.getSimpleName() + " among the events",
                () -> all(type).size() >= count);
        return all(type);
    }
}
