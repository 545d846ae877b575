package io.edgewire.transport.nio;

import io.edgewire.api.CloseReason;
import io.edgewire.api.ConnectOptions;
import io.edgewire.api.Connection;
import io.edgewire.api.ListenOptions;
import io.edgewire.api.Listener;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.StopOutcome;
import io.edgewire.api.Transport;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/** A correct transport, seen through a {@link Fault}. */
final class FaultyTransport implements Transport {
    private final Transport correct;
    private final Fault fault;

    FaultyTransport(Transport correct, Fault fault, ThreadFactory threads) {
        this.correct = correct;
        this.fault = fault;
        fault.create(threads);
    }

    @Override
    public Listener listen(ListenOptions options, ProtocolFactory protocol) {
        Listener listener = fault.listen(correct, fault.options(options), wrap(protocol));
        return new Listener() {
            @Override
            public InetSocketAddress address() {
                return listener.address();
            }

            @Override
            public int connections() {
                return listener.connections();
            }

            @Override
            public StopOutcome stop(Duration grace) {
                return fault.stop(listener, grace);
            }

            @Override
            public void abort(CloseReason reason) {
                listener.abort(reason);
            }
        };
    }

    @Override
    public Connection connect(ConnectOptions options, ProtocolFactory protocol) {
        return correct.connect(fault.connectOptions(options), wrap(protocol));
    }

    @Override
    public void close() {
        fault.close(correct);
    }

    private ProtocolFactory wrap(ProtocolFactory protocol) {
        ProtocolFactory broken = fault.factory(protocol);
        return () -> {
            ProtocolHandler handler = broken.newHandler();
            return handler == null ? null : new FaultyHandler(handler, fault);
        };
    }

    private static final class FaultyHandler implements ProtocolHandler {
        private final ProtocolHandler handler;
        private final Fault fault;
        private FaultyConnection wrapped;

        FaultyHandler(ProtocolHandler handler, Fault fault) {
            this.handler = handler;
            this.fault = fault;
        }

        private FaultyConnection wrap(Connection connection) {
            if (wrapped == null) {
                wrapped = fault.connection(new FaultyConnection(connection));
            }
            return wrapped;
        }

        @Override
        public void onOpen(Connection connection) {
            handler.onOpen(wrap(connection));
            wrapped.callbackEnds();
        }

        @Override
        public void onBytes(Connection connection, ByteBuffer in) {
            fault.onBytes(handler, wrap(connection), in);
        }

        @Override
        public void onPeerClosed(Connection connection) {
            fault.onPeerClosed(handler, wrap(connection));
        }

        @Override
        public void onDrained(Connection connection) {
            fault.onDrained(handler, wrap(connection));
        }

        @Override
        public void onStopping(Connection connection) {
            fault.onStopping(handler, wrap(connection));
        }

        @Override
        public void onClosed(Connection connection, CloseReason reason) {
            fault.onClosed(handler, wrap(connection), reason);
        }
    }
}
