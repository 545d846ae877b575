package io.edgewire.transport.nio;

import io.edgewire.transport.core.Delays;
import io.edgewire.transport.core.TimerHeap;
import java.time.Duration;
import java.util.List;

/**
 * Looks for handlers that hold up their loop (T-14), twice within the time that one may take.
 *
 * <p><b>Threads.</b> The accepting loop's, on which no handler runs.
 */
final class BlockedWatch extends TimerHeap.Entry {
    private final NioLoop watcher;
    private final List<NioLoop> watched;
    private final Duration limit;
    private final long between;

    private BlockedWatch(NioLoop watcher, List<NioLoop> watched, Duration limit) {
        this.watcher = watcher;
        this.watched = watched;
        this.limit = limit;
        between = Math.max(1, Delays.nanos(limit, "blockedAfter") / 2);
    }

    /** Begins to look, unless the limit is zero. */
    static void start(NioLoop watcher, List<NioLoop> watched, Duration limit) {
        if (!limit.isZero()) {
            watcher.execute(new BlockedWatch(watcher, watched, limit));
        }
    }

    @Override
    public void run() {
        watcher.timers().add(this, watcher.nanos() + between);
        watched.forEach(loop -> loop.lookForBlockedHandler(limit));
    }
}
