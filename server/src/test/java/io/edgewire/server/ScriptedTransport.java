package io.edgewire.server;

import io.edgewire.api.CloseReason;
import io.edgewire.api.ConnectOptions;
import io.edgewire.api.Connection;
import io.edgewire.api.ListenOptions;
import io.edgewire.api.Listener;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.StopOutcome;
import io.edgewire.api.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A transport without sockets, which writes down what it is asked for. */
final class ScriptedTransport implements Transport {
    static final int FREE_PORT = 49_152;

    /** {@code listen 10.0.0.1:8080}, {@code abort 10.0.0.1:8080 LINK_LOST}, {@code stop …}, in order. */
    final List<String> calls = new CopyOnWriteArrayList<>();

    final List<ScriptedListener> listeners = new ArrayList<>();
    final Queue<RuntimeException> failures = new ArrayDeque<>();
    StopOutcome outcome = StopOutcome.DRAINED;
    Runnable onClose = () -> {};
    Runnable onStop = () -> {};
    /** What a listener says that its address is, as the system does for the wildcard; null for what was asked. */
    @Nullable
    InetAddress boundAs;

    @Override
    public Listener listen(ListenOptions options, ProtocolFactory protocol) {
        calls.add("listen " + Addresses.show(options.address()));
        RuntimeException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        int port = options.address().getPort();
        InetAddress on = boundAs == null ? options.address().getAddress() : boundAs;
        InetSocketAddress bound = new InetSocketAddress(on, port == 0 ? FREE_PORT : port);
        ScriptedListener listener = new ScriptedListener(bound, options, protocol);
        listeners.add(listener);
        return listener;
    }

    @Override
    public Connection connect(ConnectOptions options, ProtocolFactory protocol) {
        throw new UnsupportedOperationException("a server does not connect");
    }

    @Override
    public void close() {
        onClose.run();
    }

    final class ScriptedListener implements Listener {
        private final InetSocketAddress address;
        final ListenOptions options;
        final ProtocolFactory protocol;
        int connections;

        ScriptedListener(InetSocketAddress address, ListenOptions options, ProtocolFactory protocol) {
            this.address = address;
            this.options = options;
            this.protocol = protocol;
        }

        @Override
        public InetSocketAddress address() {
            return address;
        }

        @Override
        public int connections() {
            return connections;
        }

        @Override
        public StopOutcome stop(Duration grace) {
            calls.add("stop " + Addresses.show(address) + " " + grace.toMillis() + " ms");
            onStop.run();
            return outcome;
        }

        @Override
        public void abort(CloseReason reason) {
            calls.add("abort " + Addresses.show(address) + " " + reason);
            connections = 0;
        }
    }
}
