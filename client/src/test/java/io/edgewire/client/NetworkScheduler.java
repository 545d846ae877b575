package io.edgewire.client;

import io.edgewire.api.ConnectOptions;
import io.edgewire.api.Connection;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.Scheduler;
import io.edgewire.api.Timer;
import io.edgewire.testkit.sim.SimulatedNetwork;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** A scheduler in the time of a simulated network: the timers of a connection of its own, on which nothing is said. */
final class NetworkScheduler implements Scheduler {
    private final SimulatedNetwork network;
    private final Connection connection;
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    NetworkScheduler(SimulatedNetwork network) {
        this.network = network;
        AtomicBoolean open = new AtomicBoolean();
        connection = network.transport(event -> {})
                .connect(
                        ConnectOptions.to(network.listen().address())
                                .withConnection(ConnectionOptions.DEFAULTS.withTaskLimit(Integer.MAX_VALUE)),
                        () -> new ProtocolHandler() {
                            @Override
                            public void onOpen(Connection opened) {
                                open.set(true);
                            }

                            @Override
                            public void onBytes(Connection from, ByteBuffer in) {}
                        });
        network.await().until("the scheduler's connection is open", open::get);
    }

    @Override
    public long nanos() {
        return network.clock().nanos();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        return connection.after(delay, () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                failures.add(e); // the scheduler goes on by contract; the test asks for the failures
            }
        });
    }

    List<Throwable> failures() {
        return failures;
    }
}
