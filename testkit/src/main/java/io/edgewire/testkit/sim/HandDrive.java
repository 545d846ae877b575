package io.edgewire.testkit.sim;

import io.edgewire.api.Clock;
import io.edgewire.transport.core.Delays;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;

/** Whoever waits turns the network meanwhile, and time passes when nothing else is left to do: all in one thread. */
final class HandDrive implements Drive {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final SimulatedNetwork network;

    HandDrive(SimulatedNetwork network) {
        this.network = network;
    }

    @Override
    public boolean await(BooleanSupplier done, Clock by, long start, Duration limit) {
        network.refuseWaitingHandlers();
        long nanos = Delays.nanos(limit, "limit");
        while (!done.getAsBoolean()) {
            long left = nanos - (network.nanos() - start);
            if (left <= 0) {
                return false;
            }
            network.agenda().step(left);
        }
        return true;
    }

    @Override
    public boolean await(BooleanSupplier done, Duration limit) {
        return await(done, network.clock(), network.nanos(), limit);
    }

    @Override
    public void changed() {}

    @Override
    public Duration patience() {
        return PATIENCE;
    }

    @Override
    public void begin(SimulatedLoop loop, ThreadFactory threads) {}

    @Override
    public void join(SimulatedLoop loop, Duration limit) {
        await(loop::hasEnded, limit);
    }
}
