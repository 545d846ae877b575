package io.edgewire.testkit.sim;

import io.edgewire.testkit.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What happened, with the time of each line. Of what connections and clients did only the last lines are kept; of the
 * network, the station and the server much more, for that is what a reader looks for first. No line is made a text
 * before it is asked for: there are thousands of them a seed.
 *
 * <p><b>Threads.</b> Any.
 */
final class Trace {
    private static final int MOST = 250;
    private static final int MOST_OF_THE_STORY = 250;
    private static final double NANOS_PER_MILLI = 1_000_000;

    private final ManualClock clock;
    private final long start;
    private final long[] nanos = new long[MOST];
    private final String[] who = new String[MOST];
    private final long[] number = new long[MOST];
    private final String[] what = new String[MOST];
    private final long[] amount = new long[MOST];
    /** Lines of the story that the last ones have pushed out. */
    private final List<String> story = new ArrayList<>();

    private long count;
    private long hash;

    Trace(ManualClock clock) {
        this.clock = clock;
        start = clock.nanos();
    }

    /** Of the network, a server, the air. */
    void add(String event) {
        add("", 0, event, 0);
    }

    void connection(long id, String event) {
        add("connection", id, event, 0);
    }

    void connection(long id, String event, long bytes) {
        add("connection", id, event, bytes);
    }

    synchronized void add(String name, long id, String event, long bytes) {
        int at = (int) (count % MOST);
        if (count >= MOST && number[at] == 0 && story.size() < MOST_OF_THE_STORY) {
            story.add(line(at));
        }
        count++;
        nanos[at] = clock.nanos() - start;
        who[at] = name;
        number[at] = id;
        what[at] = event;
        amount[at] = bytes;
        hash = 31 * (31 * (31 * (31 * hash + nanos[at]) + id) + event.hashCode()) + bytes;
    }

    /** Two runs that did the same have the same. */
    synchronized String fingerprint() {
        return count + " lines, " + Long.toHexString(hash);
    }

    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder();
        story.forEach(text::append);
        long first = Math.max(0, count - MOST);
        if (first > story.size()) {
            text.append("             … ").append(first - story.size()).append(" lines of connections and clients\n");
        }
        for (long line = first; line < count; line++) {
            text.append(line((int) (line % MOST)));
        }
        return text.toString();
    }

    private String line(int at) {
        return String.format(Locale.ROOT, "%12.3f ms  ", nanos[at] / NANOS_PER_MILLI)
                + (number[at] > 0 ? who[at] + " " + number[at] + ": " : "")
                + what[at]
                + (amount[at] > 0 ? " " + amount[at] : "")
                + "\n";
    }
}
