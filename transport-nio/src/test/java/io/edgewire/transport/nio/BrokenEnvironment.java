package io.edgewire.transport.nio;

import io.edgewire.api.Transport;
import io.edgewire.testkit.transport.SocketEnvironment;
import io.edgewire.testkit.transport.TransportSetup;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Real sockets round a transport with a {@link Fault}; impatient, because the tests in it are to fail. */
final class BrokenEnvironment extends SocketEnvironment {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final NioOptions OPTIONS = NioOptions.DEFAULTS.withShutdownLimit(Duration.ofMillis(200));

    private final Fault fault;
    private final AtomicInteger acceptsThatFail = new AtomicInteger();

    BrokenEnvironment(Fault fault) {
        super(PATIENCE);
        this.fault = fault;
    }

    @Override
    public Transport newTransport(TransportSetup setup) {
        Transport correct = new NioTransport(
                OPTIONS.withSendBudget(fault.sendBudget(setup.sendBudget())),
                setup.threads(),
                setup.clock(),
                fault.events(setup.events()),
                this::failing);
        return new FaultyTransport(correct, fault, setup.threads());
    }

    @Override
    public void failAccepts(Transport transport, int times) {
        acceptsThatFail.set(times);
    }

    private AcceptSource failing(AcceptSource source) {
        return () -> {
            if (acceptsThatFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IOException("Too many open files");
            }
            return source.accept();
        };
    }
}
