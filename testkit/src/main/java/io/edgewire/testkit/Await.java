package io.edgewire.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * How a test waits. Every wait of the contract tests goes through one of these, so that a simulated network can run
 * itself instead of waiting.
 *
 * <p><b>Threads.</b> Any; a simulation's own one only from the thread that drives it.
 *
 * <p><b>Failure.</b> {@link AssertionError} if what is awaited does not come in time. The time limit is generous and
 * decides nothing but how soon a broken implementation is called broken.
 */
public interface Await {
    /** Waits in real time, 10 seconds at most. */
    Await REAL_TIME = realTime(Duration.ofSeconds(10));

    /** Waits in real time for as long as the limit allows. */
    static Await realTime(Duration limit) {
        return new RealTimeAwait(limit);
    }

    /**
     * Waits by taking steps: what moves a simulation on is called again and again, for 10 seconds of real time at most.
     *
     * @param step advances a scheduler by a little, say
     */
    static Await stepping(Runnable step) {
        return new SteppingAwait(step);
    }

    /**
     * Returns once the condition holds.
     *
     * @param what for the message of the failure: "the handler hears onClosed"
     * @param condition called often, by this thread
     */
    void until(String what, BooleanSupplier condition);

    /**
     * Gives others the occasion to do what they must not do, before a test asserts that they have not. A correct
     * implementation passes however long this takes.
     */
    void settle();

    /** Waits until there is a value, and returns it. */
    default <T> T value(String what, Supplier<Optional<T>> source) {
        Holder<T> holder = new Holder<>();
        until(what, () -> holder.take(source.get()));
        return holder.value.orElseThrow();
    }

    /** What {@link #value} found. */
    final class Holder<T> {
        private Optional<T> value = Optional.empty();

        private Holder() {}

        private boolean take(Optional<T> found) {
            value = found;
            return found.isPresent();
        }
    }
}
