package io.edgewire.device.k230;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets calls that block run in virtual time. Each task gets a thread, but only one thread of all runs at any moment: who
 * gives a task, or opens a gate, waits until that task has ended or waits at a gate itself. So a test of a blocking
 * board runs the same way each time, and no clock of the machine has a part in it.
 */
final class Turnstile implements Executor, Supplier<Gate> {
    private static final Duration BROKEN = Duration.ofSeconds(10);

    private final Semaphore turn = new Semaphore(0);

    @Override
    public void execute(Runnable task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } finally {
                        turn.release();
                    }
                },
                "turnstile");
        thread.setDaemon(true);
        thread.start();
        takeTurn();
    }

    @Override
    public Gate get() {
        return new Gate() {
            private final Semaphore pass = new Semaphore(0);
            // Handed from thread to thread together with the turn.
            private boolean open;
            private boolean waiting;

            @Override
            public void await() throws InterruptedException {
                if (!open) {
                    waiting = true;
                    turn.release();
                    pass.acquire();
                }
            }

            @Override
            public void open() {
                open = true;
                if (waiting) {
                    waiting = false;
                    pass.release();
                    takeTurn();
                }
            }
        };
    }

    private void takeTurn() {
        try {
            if (!turn.tryAcquire(BROKEN.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("a task neither ended nor waits at a gate");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
