package io.edgewire.bench.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When the server had given up its port because its link was lost for longer than its grace: then, and only then, a
 * client may find nobody there. Written by who reads the server's output, read by any thread.
 */
final class Outages {
    /** The line that tells of it may come a little before or after what clients notice. */
    private static final long MARGIN = Duration.ofSeconds(3).toNanos();

    private final List<long[]> spans = new ArrayList<>();
    private boolean down;
    private int losses;

    /** The link was lost; for how long nobody knows yet. */
    synchronized void linkLost() {
        losses++;
    }

    synchronized int losses() {
        return losses;
    }

    synchronized void begin() {
        if (!down) {
            down = true;
            spans.add(new long[] {System.nanoTime(), 0});
        }
    }

    synchronized void end() {
        if (down) {
            down = false;
            spans.get(spans.size() - 1)[1] = System.nanoTime();
        }
    }

    synchronized boolean isDown() {
        return down;
    }

    /** How long it has been down. */
    synchronized Duration downFor() {
        return down ? Duration.ofNanos(System.nanoTime() - spans.get(spans.size() - 1)[0]) : Duration.ZERO;
    }

    synchronized int count() {
        return spans.size();
    }

    /** Whether one lay between these two moments, or close to them. */
    synchronized boolean touch(long from, long to) {
        for (long[] span : spans) {
            boolean isOpen = down && span == spans.get(spans.size() - 1);
            if (to - (span[0] - MARGIN) >= 0 && (isOpen || span[1] + MARGIN - from >= 0)) {
                return true;
            }
        }
        return false;
    }
}
