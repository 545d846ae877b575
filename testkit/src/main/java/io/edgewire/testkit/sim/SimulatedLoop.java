package io.edgewire.testkit.sim;

import io.edgewire.api.Clock;
import io.edgewire.api.event.EventSink;
import io.edgewire.transport.core.Loop;
import io.edgewire.transport.core.SendBudget;
import io.edgewire.transport.core.TimerHeap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A loop that does one thing at a time: of all that could be done now, the one that the seed draws. Tasks keep their
 * order, as do timers, and go before those; nothing else is promised by a real loop either.
 *
 * <p><b>Threads.</b> {@link #execute}, {@link #inLoop} and {@link #end} from any; all else the one that drives.
 */
final class SimulatedLoop extends Loop implements Agenda.Actor {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int NONE_DUE = -1;

    /** Something that may have work to do. */
    interface Source extends Runnable {
        boolean ready();

        /** The loop ends. */
        void discard();
    }

    private final SimulatedNetwork network;
    private final Clock clock;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<Source> sources = new ArrayList<>();
    private final List<Runnable> choices = new ArrayList<>();
    private final Runnable task = this::runTask;
    private final Runnable timer = this::runTimer;
    private final Runnable closed = this::tellClosed;
    /** Whose thread runs a piece of work just now; written by the one who drives. */
    private volatile @Nullable Thread working;

    private volatile boolean ended;
    /** How many tasks go before the timers that were due when it looked, or that none was. */
    private int tasksAhead = NONE_DUE;
    /** When it looked. */
    private long dueAt;
    /** None that these add. */
    private int timersLeft;

    SimulatedLoop(SimulatedNetwork network, Clock clock, EventSink events, SendBudget budget) {
        super(clock, events, budget);
        this.network = network;
        this.clock = clock;
    }

    Clock clock() {
        return clock;
    }

    @Override
    public boolean inLoop() {
        return Thread.currentThread() == working;
    }

    @Override
    public void execute(Runnable work) {
        if (!ended) {
            tasks.add(work);
            network.changedOutside();
        }
    }

    void end() {
        execute(this::finish);
    }

    boolean hasEnded() {
        return ended;
    }

    void add(Source source) {
        sources.add(source);
    }

    void remove(Source source) {
        sources.remove(source);
    }

    /** Does one thing that can be done now; false if there is none. */
    boolean act() {
        if (!hasWork()) {
            return false;
        }
        work();
        return true;
    }

    @Override
    public void work() {
        Runnable choice = choices.get(choices.size() == 1 ? 0 : network.random().nextInt(choices.size()));
        working = Thread.currentThread();
        try {
            guarded(choice);
        } finally {
            working = null;
        }
    }

    @Override
    public boolean hasWork() {
        return !ended && findChoices();
    }

    boolean isWorking() {
        return working != null;
    }

    @Override
    public long untilWork() {
        return ended ? Long.MAX_VALUE : timers().untilNext(nanos());
    }

    /** Rounded up, for a timer is never early; 0 is for ever. */
    long millisUntilTimer() {
        long nanos = untilWork();
        return nanos == Long.MAX_VALUE ? 0 : (nanos - 1) / NANOS_PER_MILLI + 1;
    }

    private boolean findChoices() {
        choices.clear();
        findDueTimers();
        if (tasksAhead == 0) {
            choices.add(timer);
        } else if (!tasks.isEmpty()) {
            choices.add(task);
        }
        if (hasClosed()) {
            choices.add(closed);
        }
        for (Source source : sources) {
            if (source.ready()) {
                choices.add(source);
            }
        }
        return !choices.isEmpty();
    }

    /**
     * Timers that are due wait for the tasks that are there, but for no others, as in a round of a real loop. The time
     * is read first: what another thread gave before the clock moved may be a timer that is due even earlier.
     */
    private void findDueTimers() {
        long now = nanos();
        if (tasksAhead >= 0 && (timersLeft == 0 || timers().untilNext(dueAt) != 0)) {
            tasksAhead = NONE_DUE;
        }
        if (tasksAhead == NONE_DUE && timers().untilNext(now) == 0) {
            dueAt = now;
            timersLeft = timers().size();
            tasksAhead = tasks.size();
        }
    }

    private void runTask() {
        if (tasksAhead > 0) {
            tasksAhead--;
        }
        Runnable next = tasks.poll();
        if (next != null) {
            next.run();
        }
    }

    private void runTimer() {
        timersLeft--;
        TimerHeap.Entry due = timers().pollDue(dueAt);
        if (due != null) {
            due.run();
        }
    }

    private void finish() {
        List.copyOf(sources).forEach(Source::discard);
        tellClosed();
        ended = true;
    }

    /** For who discards. */
    static IOException over() {
        return new IOException("the transport was closed");
    }
}
