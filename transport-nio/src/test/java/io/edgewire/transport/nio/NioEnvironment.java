package io.edgewire.transport.nio;

import io.edgewire.api.Transport;
import io.edgewire.testkit.transport.SocketEnvironment;
import io.edgewire.testkit.transport.TransportSetup;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Real sockets round an {@link NioTransport}. */
final class NioEnvironment extends SocketEnvironment {
    private final AtomicInteger acceptsThatFail = new AtomicInteger();

    @Override
    public Transport newTransport(TransportSetup setup) {
        return new NioTransport(
                NioOptions.DEFAULTS.withSendBudget(setup.sendBudget()),
                setup.threads(),
                setup.clock(),
                setup.events(),
                this::failing);
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
