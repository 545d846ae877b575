package io.edgewire.device.k230;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Where a blocking call of the simulated board waits, on the executor's thread, until the scheduler opens it. Tests
 * have one that hands their own thread over instead, so that nothing depends on the machine's clock.
 */
interface Gate {
    /** Waits until it is open. */
    void await() throws InterruptedException;

    /** Opens it for good. Never called under a lock. */
    void open();

    /** A gate at which one waits as somebody else says. */
    static Gate waiting(Consumer<BooleanSupplier> wait) {
        AtomicBoolean open = new AtomicBoolean();
        return new Gate() {
            @Override
            public void await() {
                wait.accept(open::get);
            }

            @Override
            public void open() {
                open.set(true);
            }
        };
    }

    /** A gate that really blocks. */
    static Gate latch() {
        CountDownLatch latch = new CountDownLatch(1);
        return new Gate() {
            @Override
            public void await() throws InterruptedException {
                latch.await();
            }

            @Override
            public void open() {
                latch.countDown();
            }
        };
    }
}
