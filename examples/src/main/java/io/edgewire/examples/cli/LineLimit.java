package io.edgewire.examples.cli;

import io.edgewire.api.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Lets so many lines a second through and counts the others by their kind: two thousand clients that come at once are
 * one line, not two thousand.
 *
 * <p><b>Threads.</b> One.
 */
final class LineLimit {
    static final Duration WINDOW = Duration.ofSeconds(1);

    private final Clock clock;
    private final int linesPerWindow;
    private final Map<String, Integer> suppressed = new TreeMap<>();
    private long windowStart;
    private int lines;

    LineLimit(Clock clock, int linesPerWindow) {
        this.clock = clock;
        this.linesPerWindow = linesPerWindow;
        this.windowStart = clock.nanos();
    }

    /** Whether a line may be shown; if not, it is counted as one of this kind. */
    boolean admits(String kind) {
        if (lines < linesPerWindow) {
            lines++;
            return true;
        }
        suppressed.merge(kind, 1, Integer::sum);
        return false;
    }

    /** What was not shown, once the second in which it happened is over. */
    Optional<String> summary() {
        if (clock.nanos() - windowStart < WINDOW.toNanos()) {
            return Optional.empty();
        }
        return takeSummary();
    }

    /** What was not shown until now. */
    Optional<String> takeSummary() {
        windowStart = clock.nanos();
        lines = 0;
        if (suppressed.isEmpty()) {
            return Optional.empty();
        }
        StringJoiner kinds = new StringJoiner(", ", "... and not shown one by one: ", "");
        suppressed.forEach((kind, count) -> kinds.add(count + " " + kind));
        suppressed.clear();
        return Optional.of(kinds.toString());
    }
}
