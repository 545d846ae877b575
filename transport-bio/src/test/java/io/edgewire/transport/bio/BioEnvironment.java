package io.edgewire.transport.bio;

import io.edgewire.api.Transport;
import io.edgewire.testkit.transport.SocketEnvironment;
import io.edgewire.testkit.transport.TransportSetup;
import io.edgewire.transport.bio.BioOptions.ThreadMode;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The blocking transport in the world of the contract tests. */
final class BioEnvironment extends SocketEnvironment {
    private final ThreadMode mode;
    private final AtomicInteger failures = new AtomicInteger();

    BioEnvironment(ThreadMode mode) {
        this.mode = mode;
    }

    @Override
    public Transport newTransport(TransportSetup setup) {
        BioOptions options = BioOptions.DEFAULTS.withThreads(mode).withSendBudget(setup.sendBudget());
        // Virtual threads cannot be made by the tests' own factory, which is for Java 17.
        ThreadFactory threads = mode == ThreadMode.VIRTUAL ? Threads.perConnection(options) : setup.threads();
        return new BioTransport(options, threads, setup.clock(), setup.events(), this::accept);
    }

    private SocketChannel accept(ServerSocketChannel server) throws IOException {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IOException("Too many open files");
        }
        return server.accept();
    }

    @Override
    public void failAccepts(Transport transport, int times) {
        failures.set(times);
    }
}
