package io.edgewire.server;

import io.edgewire.api.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Lets so many lines of each kind through within a while and counts the others: a hundred thousand clients that are
 * turned away are ten lines and a sum. Kinds are few and fixed; what a peer says is none.
 *
 * <p><b>Threads.</b> One at a time.
 */
public final class LineLimit {
    private static final Duration TROUBLE_WINDOW = Duration.ofSeconds(10);
    private static final int TROUBLE_LINES = 10;

    private final Clock clock;
    private final Duration window;
    private final int linesOfAKind;
    private final Map<String, Integer> shown = new HashMap<>();
    private final Map<String, Long> suppressed = new TreeMap<>();
    private long windowStart;

    /**
     * A limit of which nothing is used up.
     *
     * @param window how long a while is, more than zero
     * @param linesOfAKind how many lines of one kind are let through within it, 1 or more
     */
    public LineLimit(Clock clock, Duration window, int linesOfAKind) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.window = Objects.requireNonNull(window, "window");
        this.linesOfAKind = linesOfAKind;
        windowStart = clock.nanos();
    }

    /** For what a person should look at, but not a thousand times: ten lines of a kind within ten seconds. */
    public static LineLimit ofTrouble(Clock clock) {
        return new LineLimit(clock, TROUBLE_WINDOW, TROUBLE_LINES);
    }

    /** Whether a line may be shown; if not, it is counted as one of this kind. */
    public boolean admits(String kind) {
        return admits(kind, 1);
    }

    /** The same for a line that tells of so many at once. */
    public boolean admits(String kind, long count) {
        if (shown.merge(kind, 1, Integer::sum) <= linesOfAKind) {
            return true;
        }
        suppressed.merge(kind, count, Long::sum);
        return false;
    }

    /** What was not shown, once the while in which it happened is over. To be asked before each line, and now and then. */
    public Optional<String> summary() {
        return clock.nanos() - windowStart < window.toNanos() ? Optional.empty() : takeSummary();
    }

    /** What was not shown until now; a new while begins. */
    public Optional<String> takeSummary() {
        windowStart = clock.nanos();
        shown.clear();
        if (suppressed.isEmpty()) {
            return Optional.empty();
        }
        StringJoiner kinds = new StringJoiner(", ", "... and not shown one by one: ", "");
        suppressed.forEach((kind, count) -> kinds.add(count + " " + kind));
        suppressed.clear();
        return Optional.of(kinds.toString());
    }
}
