package io.edgewire.testkit.sim;

import io.edgewire.testkit.ManualClock;
import java.util.ArrayDeque;
import java.util.Locale;

/**
 * What happened, with the time of each line. Only the last lines are kept.
 *
 * <p><b>Threads.</b> Any.
 */
final class Trace {
    private static final int MOST = 400;
    private static final long NANOS_PER_MICRO = 1_000;

    private record Line(long nanos, long connection, String what, long amount) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%12.3f ms  ", nanos / NANOS_PER_MICRO / 1000.0)
                    + (connection > 0 ? "connection " + connection + ": " : "")
                    + what
                    + (amount > 0 ? " " + amount : "");
        }
    }

    private final ManualClock clock;
    private final ArrayDeque<Line> lines = new ArrayDeque<>();
    private long count;
    private int hash;

    Trace(ManualClock clock) {
        this.clock = clock;
    }

    void add(long connection, String what) {
        add(connection, what, 0);
    }

    synchronized void add(long connection, String what, long amount) {
        Line line = new Line(clock.elapsed().toNanos(), connection, what, amount);
        hash = 31 * hash + line.hashCode();
        count++;
        lines.add(line);
        if (lines.size() > MOST) {
            lines.remove();
        }
    }

    /** Two runs that did the same have the same. */
    synchronized String fingerprint() {
        return count + " lines, " + Integer.toHexString(hash);
    }

    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder();
        if (count > lines.size()) {
            text.append("  … ").append(count - lines.size()).append(" lines before\n");
        }
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
