package io.edgewire.transport.nio;

import io.edgewire.api.CloseReason;
import io.edgewire.api.ConnectOptions;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ListenOptions;
import io.edgewire.api.Listener;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.StopOutcome;
import io.edgewire.api.Transport;
import io.edgewire.api.event.EventSink;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/** Where a transport may be made wrong. As it stands it changes nothing. */
class Fault {
    void create(ThreadFactory threads) {}

    EventSink events(EventSink events) {
        return events;
    }

    long sendBudget(long bytes) {
        return bytes;
    }

    ListenOptions options(ListenOptions options) {
        return options.withConnection(limits(options.connection()));
    }

    ConnectionOptions limits(ConnectionOptions limits) {
        return limits;
    }

    ConnectOptions connectOptions(ConnectOptions options) {
        return options.withConnection(limits(options.connection()));
    }

    ProtocolFactory factory(ProtocolFactory factory) {
        return factory;
    }

    Listener listen(Transport transport, ListenOptions options, ProtocolFactory factory) {
        return transport.listen(options, factory);
    }

    StopOutcome stop(Listener listener, Duration grace) {
        return listener.stop(grace);
    }

    void close(Transport transport) {
        transport.close();
    }

    FaultyConnection connection(FaultyConnection usual) {
        return usual;
    }

    void onBytes(ProtocolHandler handler, FaultyConnection connection, ByteBuffer in) {
        connection.callbackBegins();
        handler.onBytes(connection, in);
        connection.callbackEnds();
    }

    void onPeerClosed(ProtocolHandler handler, FaultyConnection connection) {
        handler.onPeerClosed(connection);
    }

    void onDrained(ProtocolHandler handler, FaultyConnection connection) {
        handler.onDrained(connection);
    }

    void onStopping(ProtocolHandler handler, FaultyConnection connection) {
        handler.onStopping(connection);
    }

    void onClosed(ProtocolHandler handler, FaultyConnection connection, CloseReason reason) {
        handler.onClosed(connection, reason);
    }
}
