package io.edgewire.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.StopOutcome;
import io.edgewire.api.TransportException;
import io.edgewire.testkit.ManualExecutor;
import io.edgewire.testkit.ManualScheduler;
import io.edgewire.testkit.RecordingEvents;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A server with a station and a transport that a test scripts, in virtual time. */
abstract class EdgeServerScenario {
    static final Duration GRACE = EdgeServerOptions.DEFAULTS.linkGrace();
    static final Duration MOMENT = Duration.ofMillis(1);
    static final InetSocketAddress HOME = at("10.0.0.1", 8080);
    static final InetSocketAddress AWAY = at("10.0.0.2", 8080);
    static final ProtocolFactory PROTOCOL = () -> (connection, in) -> {};

    final ManualScheduler scheduler = new ManualScheduler();
    final ManualExecutor blocking = new ManualExecutor();
    final ScriptedStation station = new ScriptedStation();
    final ScriptedTransport transport = new ScriptedTransport();
    final RecordingEvents events = new RecordingEvents();

    private @Nullable ProtocolHandler lastHandler;
    private boolean failuresAreMeant;

    @AfterEach
    void noStepFailed() {
        if (!failuresAreMeant) {
            assertThat(scheduler.failures()).isEmpty();
        }
    }

    EdgeServer server(EdgeServerOptions options) {
        return new EdgeServer("s", station, transport, PROTOCOL, options, scheduler, blocking, events);
    }

    EdgeServer started(EdgeServerOptions options) {
        EdgeServer server = server(options);
        server.start();
        up("10.0.0.1");
        return server;
    }

    void up(String address) {
        run();
        station.up(address);
        run();
    }

    void lost() {
        station.lost();
        run();
    }

    /** Runs everything that is due, here and on the executor, until nothing is left. */
    void run() {
        do {
            scheduler.runDue();
            blocking.runAll();
            scheduler.runDue();
        } while (blocking.waiting() > 0);
    }

    void advance(Duration by) {
        long end = scheduler.nanos() + by.toNanos();
        while (end - scheduler.nanos() > 0) {
            scheduler.advance(Duration.ofNanos(Math.min(end - scheduler.nanos(), 1_000_000_000L)));
            run();
        }
    }

    StopOutcome stopNow(EdgeServer server) {
        CompletableFuture<StopOutcome> stopped = server.stopAsync(Duration.ofMillis(500));
        run();
        return stopped.getNow(null);
    }

    /** A connection that came in through the last listener, by way of one of our addresses. */
    Connection connection(String local) {
        Connection connection = mock(Connection.class);
        when(connection.local()).thenReturn(at(local, 8080));
        ProtocolHandler handler =
                transport.listeners.get(transport.listeners.size() - 1).protocol.newHandler();
        handler.onOpen(connection);
        lastHandler = handler;
        return connection;
    }

    void gone(Connection connection) {
        Objects.requireNonNull(lastHandler).onClosed(connection, CloseReason.PEER);
    }

    static TransportException inUse() {
        return new TransportException(TransportException.Kind.ADDRESS_IN_USE, "in use", new IOException());
    }

    static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(ScriptedStation.address(address), port);
    }

    /** What a step threw, which the scheduler reports. */
    Throwable reported() {
        failuresAreMeant = true;
        assertThat(scheduler.failures()).hasSize(1);
        return scheduler.failures().get(0);
    }

    static Executor refusing() {
        return call -> {
            throw new RejectedExecutionException("shut down");
        };
    }
}
