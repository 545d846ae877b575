package io.edgewire.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewire.api.StopOutcome;
import io.edgewire.api.event.ServerEvent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EdgeServerStopTest extends EdgeServerScenario {
    @Test
    void stopDrainsAndLeavesTheStationToItsOwner() {
        EdgeServer server = started(EdgeServerOptions.DEFAULTS);
        transport.listeners.get(0).connections = 2;
        assertThat(stopNow(server)).isEqualTo(StopOutcome.DRAINED);
        assertThat(transport.calls).containsExactly("listen 10.0.0.1:8080", "stop 10.0.0.1:8080 500 ms");
        assertThat(events.all())
                .endsWith(
                        new ServerEvent.Stopping("s", 2, Duration.ofMillis(500)),
                        new ServerEvent.Stopped("s", StopOutcome.DRAINED));
        assertThat(station.observers()).isZero();

        up("10.0.0.2");
        advance(Duration.ofHours(1));
        assertThat(transport.calls).hasSize(2);
    }

    @Test
    void whatWasCutOffIsTold() {
        EdgeServer server = started(EdgeServerOptions.DEFAULTS);
        transport.outcome = StopOutcome.FORCED;
        assertThat(stopNow(server)).isEqualTo(StopOutcome.FORCED);
        assertThat(events.all()).endsWith(new ServerEvent.Stopped("s", StopOutcome.FORCED));
    }

    @Test
    void aServerThatWasNeverStartedHasNothingToStop() {
        EdgeServer server = server(EdgeServerOptions.DEFAULTS);
        assertThat(stopNow(server)).isEqualTo(StopOutcome.NOT_RUNNING);
        assertThatThrownBy(() -> {
                    CompletableFuture<InetSocketAddress> started = server.start();
                    run();
                    started.join();
                })
                .cause()
                .isInstanceOfSatisfying(
                        EdgeServerException.class,
                        e -> assertThat(e.kind()).isEqualTo(EdgeServerException.Kind.STOPPED));
        assertThat(station.joins).isZero();
    }

    @Test
    void stopWhileWaitingForTheStationEndsTheWait() {
        EdgeServer server = server(EdgeServerOptions.DEFAULTS);
        CompletableFuture<InetSocketAddress> started = server.start();
        run();
        assertThat(stopNow(server)).isEqualTo(StopOutcome.DRAINED);
        assertThatThrownBy(started::join).cause().hasMessage("s: stopped before it could listen");
        up("10.0.0.1");
        assertThat(transport.calls).isEmpty();
    }

    @Test
    void stopWhileBindingStopsWhatWasBound() {
        EdgeServer server = server(EdgeServerOptions.DEFAULTS);
        server.start();
        station.up("10.0.0.1");
        scheduler.runDue();
        assertThat(stopNow(server)).isEqualTo(StopOutcome.DRAINED);
        assertThat(transport.calls).containsExactly("listen 10.0.0.1:8080", "stop 10.0.0.1:8080 500 ms");
    }

    @Test
    void stopWhileTheFirstBindFailsStillEnds() {
        transport.failures.add(inUse());
        EdgeServer server = server(EdgeServerOptions.DEFAULTS);
        server.start();
        station.up("10.0.0.1");
        scheduler.runDue();
        assertThat(stopNow(server)).isEqualTo(StopOutcome.DRAINED);
    }

    @Test
    void stopDuringTheGraceDrainsAndTheGraceEndsNothingMore() {
        EdgeServer server = started(EdgeServerOptions.DEFAULTS);
        lost();
        assertThat(stopNow(server)).isEqualTo(StopOutcome.DRAINED);
        assertThat(scheduler.waiting()).isZero();
        advance(GRACE.multipliedBy(2));
        assertThat(transport.calls).containsExactly("listen 10.0.0.1:8080", "stop 10.0.0.1:8080 500 ms");
    }

    @Test
    void stopWhileSuspendingWaitsForIt() {
        EdgeServer server = started(EdgeServerOptions.DEFAULTS);
        lost();
        scheduler.advance(GRACE);
        assertThat(blocking.waiting()).isEqualTo(1);
        assertThat(stopNow(server)).isEqualTo(StopOutcome.DRAINED);
        assertThat(transport.calls).endsWith("abort 10.0.0.1:8080 LINK_LOST");
    }

    @Test
    void stopBetweenTwoTriesEndsTheTrying() {
        EdgeServer server = started(EdgeServerOptions.DEFAULTS);
        transport.failures.add(inUse());
        lost();
        up("10.0.0.2");
        assertThat(stopNow(server)).isEqualTo(StopOutcome.DRAINED);
        assertThat(scheduler.waiting()).isZero();
        advance(Duration.ofHours(1));
        assertThat(transport.calls).endsWith("listen 10.0.0.2:8080");
    }

    @Test
    void aSecondStopWithoutTimeCutsTheDrainShort() {
        EdgeServer server = started(EdgeServerOptions.DEFAULTS);
        CompletableFuture<StopOutcome> first = server.stopAsync(Duration.ofSeconds(10));
        scheduler.runDue();
        CompletableFuture<StopOutcome> second = server.stopAsync(Duration.ZERO);
        scheduler.runDue();
        assertThat(blocking.waiting()).isEqualTo(2);
        run();
        assertThat(transport.calls).endsWith("stop 10.0.0.1:8080 10000 ms", "abort 10.0.0.1:8080 SHUTDOWN");
        assertThat(first).isCompletedWithValue(StopOutcome.DRAINED);
        assertThat(second).isCompletedWithValue(StopOutcome.DRAINED);
    }

    @Test
    void aSecondStopBeforeTheDrainShortensIt() {
        EdgeServer server = server(EdgeServerOptions.DEFAULTS);
        server.start();
        station.up("10.0.0.1");
        scheduler.runDue();
        server.stopAsync(Duration.ofSeconds(10));
        server.stopAsync(Duration.ZERO);
        run();
        assertThat(transport.calls).containsExactly("listen 10.0.0.1:8080", "stop 10.0.0.1:8080 0 ms");
    }

    @Test
    void anExecutorThatTakesNoCallsAnyMoreDoesNotHoldUpTheStop() {
        AtomicBoolean shut = new AtomicBoolean();
        Executor closing = call -> (shut.get() ? refusing() : blocking).execute(call);
        EdgeServer server = new EdgeServer(
                "s", station, transport, PROTOCOL, EdgeServerOptions.DEFAULTS, scheduler, closing, events);
        server.start();
        up("10.0.0.1");
        shut.set(true);
        assertThat(stopNow(server)).isEqualTo(StopOutcome.FORCED);
        assertThat(reported()).hasRootCauseInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void whatKeptAListenerFromStoppingIsReported() {
        EdgeServer server = started(EdgeServerOptions.DEFAULTS);
        transport.onStop = () -> {
            throw new IllegalStateException("stuck");
        };
        assertThat(stopNow(server)).isEqualTo(StopOutcome.FORCED);
        assertThat(events.all()).endsWith(new ServerEvent.Stopped("s", StopOutcome.FORCED));
        assertThat(reported())
                .hasMessage("the listener of s did not end in order")
                .hasRootCauseMessage("stuck");
    }

    @Test
    void whoStopsAServerTwiceNeedsNoSchedulerForTheSecondTime() {
        EdgeServer server = started(EdgeServerOptions.DEFAULTS);
        stopNow(server);
        int before = scheduler.waiting();
        assertThat(server.stopAsync(Duration.ZERO)).isCompletedWithValue(StopOutcome.DRAINED);
        assertThat(scheduler.waiting()).isEqualTo(before);
    }

    @Test
    void aLimitBelowZeroIsRefused() {
        EdgeServer server = server(EdgeServerOptions.DEFAULTS);
        assertThatThrownBy(() -> server.stopAsync(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limit is PT-0.001S, but must be zero or more");
    }
}
