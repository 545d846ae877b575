package io.edgewire.testkit.sim;

import io.edgewire.testkit.ManualClock;
import io.edgewire.transport.core.TimerHeap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What could happen now, of which the seed draws the next, and what will happen later. Time passes only when nothing
 * can happen, and then as far as to the next event.
 *
 * <p><b>Threads.</b> {@link #at} from any; all else from the one that turns the network.
 */
final class Agenda {
    /** Steps without the time moving on, after which it never will. */
    private static final int MOST_AT_ONE_MOMENT = 1_000_000;

    /** Something with work of its own: a loop, a scheduler. */
    interface Actor {
        /** Whether something can be done now. */
        boolean hasWork();

        /** Does one piece of it; right after {@link #hasWork} was true. */
        void work();

        /** Nanoseconds until time alone brings work, {@link Long#MAX_VALUE} for never. */
        long untilWork();
    }

    private final ManualClock clock;
    private final Random random;
    private final Object lock;
    /** What the wires and the clients will do. Under the lock. */
    private final TimerHeap coming = new TimerHeap();

    private final List<Actor> actors = new ArrayList<>();
    private final List<Actor> ready = new ArrayList<>();
    private Runnable whenQuiet = () -> {};
    private long steps;
    private int atThisMoment;

    Agenda(ManualClock clock, Random random, Object lock) {
        this.clock = clock;
        this.random = random;
        this.lock = lock;
    }

    void add(Actor actor) {
        actors.add(actor);
    }

    /** What to do each time before time passes: all that could happen has happened. */
    void whenQuiet(Runnable look) {
        whenQuiet = look;
    }

    /** How many things have happened. */
    long steps() {
        return steps;
    }

    /** Runs something at a moment of the network's time. */
    void at(long due, Runnable work) {
        TimerHeap.Entry entry = new TimerHeap.Entry() {
            @Override
            public void run() {
                synchronized (lock) {
                    work.run();
                }
            }
        };
        synchronized (lock) {
            coming.add(entry, due);
        }
    }

    /** Takes one step, and lets no more time pass than so many nanoseconds; false if nothing will ever happen. */
    boolean step(long most) {
        return act() || advance(most);
    }

    /** Goes on for so long, or until so much has happened or nothing will any more. */
    void live(long nanos, long mostSteps, Runnable afterEach) {
        long end = clock.nanos() + nanos;
        long last = mostSteps == Long.MAX_VALUE ? mostSteps : steps + mostSteps;
        boolean alive = true;
        while (alive && end - clock.nanos() > 0 && steps < last) {
            alive = step(end - clock.nanos());
            afterEach.run();
        }
    }

    /** Does something that can be done now; false if there is nothing. */
    boolean act() {
        ready.clear();
        for (Actor actor : actors) {
            if (actor.hasWork()) {
                ready.add(actor);
            }
        }
        boolean wire = coming.untilNext(clock.nanos()) == 0;
        int choices = ready.size() + (wire ? 1 : 0);
        if (choices == 0) {
            return false;
        }
        count();
        int choice = choices == 1 ? 0 : random.nextInt(choices);
        if (choice < ready.size()) {
            ready.get(choice).work();
            return true;
        }
        TimerHeap.Entry due = coming.pollDue(clock.nanos());
        if (due != null) {
            due.run();
        }
        return true;
    }

    /** Moves the time to the next event, but no further than so much; false if there is none and no end was given. */
    boolean advance(long most) {
        long next = Math.min(most, coming.untilNext(clock.nanos()));
        for (Actor actor : actors) {
            next = Math.min(next, actor.untilWork());
        }
        whenQuiet.run();
        if (next == Long.MAX_VALUE) {
            return false;
        }
        if (next > 0) {
            atThisMoment = 0;
            clock.advance(Duration.ofNanos(next));
        }
        return true;
    }

    private void count() {
        steps++;
        if (++atThisMoment > MOST_AT_ONE_MOMENT) {
            throw new AssertionError("it spins: " + atThisMoment + " steps at one moment");
        }
    }
}
