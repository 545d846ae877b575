package io.edgewire.bench.soak;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What went wrong. Any thread. */
final class Findings {
    /** A loss of the link is told by a process of its own, through a pipe: wait for it before judging. */
    private static final long JUDGED_AFTER = Duration.ofSeconds(10).toNanos();

    private record Suspicion(String what, long from, long to) {}

    private final Outages outages;
    private final Deque<Suspicion> suspicions = new ArrayDeque<>();
    private @Nullable String first;
    private int excused;

    Findings(Outages outages) {
        this.outages = outages;
    }

    /** Wrong, whatever else happens. */
    synchronized void wrong(String what) {
        if (first == null) {
            first = what;
        }
    }

    /** Wrong, unless the server had lost its link between these two moments. */
    synchronized void suspect(String what, long from, long to) {
        suspicions.add(new Suspicion(what, from, to));
    }

    /** What was wrong first, if anything was. */
    synchronized Optional<String> first() {
        judge(System.nanoTime() - JUDGED_AFTER);
        return Optional.ofNullable(first);
    }

    /** The same at the end, when nothing more will be told. */
    synchronized Optional<String> last() {
        judge(System.nanoTime());
        return Optional.ofNullable(first);
    }

    /** How many connections were cut off because the link was lost. */
    synchronized int excused() {
        return excused;
    }

    private void judge(long until) {
        while (!suspicions.isEmpty() && suspicions.peek().to() - until <= 0) {
            Suspicion suspicion = suspicions.remove();
            if (outages.touch(suspicion.from(), suspicion.to())) {
                excused++;
            } else {
                wrong(suspicion.what());
            }
        }
    }
}
