package io.edgewire.testkit.transport;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where a handler waits, as no handler should, until the test lets it go on. */
final class Gate {
    private static final long LIMIT_SECONDS = 20;

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    /** Called by the handler. */
    void pass() {
        entered.countDown();
        try {
            if (!open.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the test never opened the gate");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isEntered() {
        return entered.getCount() == 0;
    }

    void open() {
        open.countDown();
    }
}
