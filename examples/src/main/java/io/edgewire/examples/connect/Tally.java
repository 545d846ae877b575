package io.edgewire.examples.connect;

import io.edgewire.api.event.ConnectionEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a conversation came to.
 *
 * <p><b>Threads.</b> Any.
 */
public final class Tally {
    private final boolean messages;
    private final RoundTripTimes times;
    // Guarded by this.
    private long sent;
    private long received;

    /** Of messages, or of the sends and reads of a stream. */
    public Tally(boolean messages) {
        this.messages = messages;
        this.times = new RoundTripTimes(messages);
    }

    void sent(long now) {
        times.sent(now);
        synchronized (this) {
            sent++;
        }
    }

    void received(long now) {
        times.received(now);
        synchronized (this) {
            received++;
        }
    }

    /** The lines that are shown at the end. */
    public synchronized List<String> summary(ConnectionEvent.Closed end) {
        List<String> lines = new ArrayList<>();
        lines.add("Sent " + bytes(end.bytesOut()) + " in " + count(sent, messages ? "message" : "send") + ", received "
                + bytes(end.bytesIn()) + " in " + count(received, messages ? "message" : "read") + ", in "
                + seconds(end.open()));
        if (end.bytesUnsent() > 0) {
            lines.add(bytes(end.bytesUnsent()) + " more could not be sent");
        }
        if (times.count() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "Round trip of %s: min %s, median %s, p99 %s, max %s",
                    count(times.count(), "answer"),
                    time(times.min()),
                    time(times.percentile(50)),
                    time(times.percentile(99)),
                    time(times.max())));
        }
        return lines;
    }

    private static String bytes(long count) {
        return count(count, "byte");
    }

    private static String count(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    /** Three digits are enough, and never fewer. */
    static String time(long nanos) {
        double millis = nanos / 1e6;
        if (millis >= 1000) {
            return String.format(Locale.ROOT, "%.2f s", millis / 1000);
        }
        return String.format(Locale.ROOT, millis >= 100 ? "%.0f ms" : millis >= 10 ? "%.1f ms" : "%.2f ms", millis);
    }
}
