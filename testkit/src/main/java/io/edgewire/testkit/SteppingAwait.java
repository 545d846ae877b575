package io.edgewire.testkit;

import java.util.function.BooleanSupplier;

/** Takes a step between two looks. */
final class SteppingAwait implements Await {
    private static final int SETTLING = 200;

    private final Runnable step;

    SteppingAwait(Runnable step) {
        this.step = step;
    }

    @Override
    public void until(String what, BooleanSupplier condition) {
        REAL_TIME.until(what, () -> {
            boolean holds = condition.getAsBoolean();
            if (!holds) {
                step.run();
            }
            return holds;
        });
    }

    @Override
    public void settle() {
        for (int i = 0; i < SETTLING; i++) {
            step.run();
        }
    }
}
