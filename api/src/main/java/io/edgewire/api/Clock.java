package io.edgewire.api;

/**
 * Monotonic time: the only source of it in Edgewire, so that tests can move it.
 *
 * <p><b>Threads.</b> Any.
 */
@FunctionalInterface
public interface Clock {
    /** The clock of the machine, {@link System#nanoTime()}, which never jumps. */
    Clock SYSTEM = System::nanoTime;

    /** Nanoseconds since an arbitrary moment; only differences mean something, and they may wrap around. */
    long nanos();

    /**
     * Asks to be called after each jump of a clock that is moved by hand, so that whoever sleeps until a moment can
     * look again. The machine's clock never calls.
     *
     * @param wake must not block; called on the thread that moves the clock
     * @return closes the subscription
     */
    default Registration onJump(Runnable wake) {
        return Registration.NONE;
    }
}
