package io.edgewire.server;

import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.api.event.ConnectionEvent.Limit;
import io.edgewire.api.event.EdgeEvent;
import io.edgewire.api.event.EventSink;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts connections and their bytes. Never blocks, so it may stand before or behind a queue. */
public final class ConnectionCounters implements EventSink {
    private final LongAdder opened = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final Map<Limit, LongAdder> refused = new EnumMap<>(Limit.class);
    private final LongAdder acceptsFailed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();
    private final LongAdder bytesUnsent = new LongAdder();

    /** Counters at zero. */
    public ConnectionCounters() {
        // All of them now: the map itself never changes, so any thread may read it.
        for (Limit limit : Limit.values()) {
            refused.put(limit, new LongAdder());
        }
    }

    /**
     * What was counted.
     *
     * @param opened connections that came to be
     * @param closed connections that ended, also outgoing ones that never opened
     * @param refused connections that were turned away, by the limit that did it; every limit is a key
     * @param acceptsFailed attempts to accept a connection that failed
     * @param handlersFailed handlers that threw
     * @param bytesIn bytes that closed connections had read
     * @param bytesOut bytes that closed connections had sent
     * @param bytesUnsent bytes that closed connections could not send
     */
    public record Counts(
            long opened,
            long closed,
            Map<Limit, Long> refused,
            long acceptsFailed,
            long handlersFailed,
            long bytesIn,
            long bytesOut,
            long bytesUnsent) {
        /** Copies the map. */
        public Counts {
            refused = Map.copyOf(refused);
        }
    }

    @Override
    public void accept(EdgeEvent event) {
        if (event instanceof ConnectionEvent.Opened) {
            opened.increment();
        } else if (event instanceof ConnectionEvent.Closed end) {
            closed.increment();
            bytesIn.add(end.bytesIn());
            bytesOut.add(end.bytesOut());
            bytesUnsent.add(end.bytesUnsent());
        } else if (event instanceof ConnectionEvent.Refused away) {
            Objects.requireNonNull(refused.get(away.limit())).increment();
        } else if (event instanceof ConnectionEvent.AcceptFailed) {
            acceptsFailed.increment();
        } else if (event instanceof ConnectionEvent.HandlerFailed) {
            failed.increment();
        }
    }

    /** The counts now; taken one after the other, so they may differ by what happens meanwhile. */
    public Counts counts() {
        Map<Limit, Long> away = new EnumMap<>(Limit.class);
        refused.forEach((limit, count) -> away.put(limit, count.sum()));
        return new Counts(
                opened.sum(),
                closed.sum(),
                away,
                acceptsFailed.sum(),
                failed.sum(),
                bytesIn.sum(),
                bytesOut.sum(),
                bytesUnsent.sum());
    }
}
