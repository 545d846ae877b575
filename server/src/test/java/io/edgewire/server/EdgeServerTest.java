package io.edgewire.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.StopOutcome;
import io.edgewire.api.TransportException;
import io.edgewire.api.event.ServerEvent;
import io.edgewire.api.wlan.JoinFailure;
import io.edgewire.api.wlan.StationState;
import io.edgewire.testkit.ManualExecutor;
import io.edgewire.testkit.ManualScheduler;
import io.edgewire.testkit.RecordingEvents;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EdgeServerTest {
    private static final Duration GRACE = EdgeServerOptions.DEFAULTS.linkGrace();
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final InetSocketAddress HOME = at("10.0.0.1", 8080);
    private static final InetSocketAddress AWAY = at("10.0.0.2", 8080);
    private static final ProtocolFactory PROTOCOL = () -> (connection, in) -> {};

    private final ManualScheduler scheduler = new ManualScheduler();
    private final ManualExecutor blocking = new ManualExecutor();
    private final ScriptedStation station = new ScriptedStation();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final RecordingEvents events = new RecordingEvents();

    @AfterEach
    void noStepFailed() {
        assertThat(scheduler.failures()).isEmpty();
    }

    @Test
    void nothingHappensBeforeTheStart() {
        server(EdgeServerOptions.DEFAULTS);
        station.up("10.0.0.1");
        run();
        assertThat(station.joins).isZero();
        assertThat(transport.calls).isEmpty();
    }

    @Test
    void startJoinsAndListensOnTheStationsAddressOnceItIsUp() {
        EdgeServer server = server(EdgeServerOptions.DEFAULTS);
        CompletableFuture<InetSocketAddress> started = server.start();
        run();
        assertThat(station.joins).isEqualTo(1);
        assertThat(transport.calls).isEmpty();
        assertThat(started).isNotDone();

        up("10.0.0.1");
        assertThat(started).isCompletedWithValue(HOME);
        assertThat(server.address()).contains(HOME);
        assertThat(events.all()).containsExactly(new ServerEvent.Listening("s", HOME));
    }

    @Test
    void theLimitsReachTheTransport() {
        EdgeServerOptions options = EdgeServerOptions.DEFAULTS.withLimits(
                EdgeServerOptions.DEFAULTS.limits().withBacklog(7).withMaxConnections(3));
        started(options);
        assertThat(transport.listeners.get(0).options)
                .isEqualTo(options.limits().withAddress(HOME));
        assertThat(transport.listeners.get(0).protocol).isSameAs(PROTOCOL);
    }

    @Test
    void aSecondStartChangesNothing() {
        EdgeServer server = started(EdgeServerOptions.DEFAULTS);
        assertThat(server.start()).isCompletedWithValue(HOME);
        run();
        assertThat(station.joins).isEqualTo(1);
        assertThat(transport.calls).containsExactly("listen 10.0.0.1:8080");
    }

    @Test
    void aLinkThatIsBackWithinTheGraceAtTheSameAddressDropsNothing() {
        started(EdgeServerOptions.DEFAULTS);
        lost();
        advance(GRACE.minus(MOMENT));
        up("10.0.0.1");
        advance(GRACE.multipliedBy(2));
        assertThat(transport.calls).containsExactly("listen 10.0.0.1:8080");
        assertThat(events.all()).containsExactly(new ServerEvent.Listening("s", HOME));
    }

    @Test
    void theGraceBeginsAnewWithEachLoss() {
        started(EdgeServerOptions.DEFAULTS);
        lost();
        advance(GRACE.minus(MOMENT));
        up("10.0.0.1");
        lost();
        advance(GRACE.minus(MOMENT));
        assertThat(transport.calls).containsExactly("listen 10.0.0.1:8080");
        advance(MOMENT);
        assertThat(transport.calls).containsExactly("listen 10.0.0.1:8080", "abort 10.0.0.1:8080 LINK_LOST");
    }

    @Test
    void statesOnTheWayBackDoNotProlongTheGrace() {
        started(EdgeServerOptions.DEFAULTS);
        lost();
        advance(GRACE.minus(MOMENT));
        station.enter(new StationState.Retrying(JoinFailure.NOT_FOUND, 2, Duration.ofSeconds(1)));
        station.enter(new StationState.Associating(2));
        advance(MOMENT);
        assertThat(transport.calls).endsWith("abort 10.0.0.1:8080 LINK_LOST");
    }

    @Test
    void afterTheGraceThePortAndItsConnectionsAreClosedAndTold() {
        EdgeServer server = started(EdgeServerOptions.DEFAULTS);
        transport.listeners.get(0).connections = 3;
        lost();
        advance(GRACE);
        assertThat(events.all(ServerEvent.Suspended.class)).containsExactly(new ServerEvent.Suspended("s", HOME, 3));
        assertThat(server.address()).isEmpty();

        up("10.0.0.1");
        assertThat(server.address()).contains(HOME);
        assertThat(events.all()).endsWith(new ServerEvent.Listening("s", HOME));
    }

    @Test
    void leavingTheNetworkIsALossToo() {
        started(EdgeServerOptions.DEFAULTS);
        station.leave();
        run();
        advance(GRACE);
        assertThat(transport.calls).endsWith("abort 10.0.0.1:8080 LINK_LOST");
    }

    @Test
    void anotherAddressIsFollowedAtOnceAndBothAreTold() {
        EdgeServer server = started(EdgeServerOptions.DEFAULTS);
        lost();
        up("10.0.0.2");
        assertThat(transport.calls)
                .containsExactly("listen 10.0.0.1:8080", "abort 10.0.0.1:8080 LINK_LOST", "listen 10.0.0.2:8080");
        assertThat(events.all())
                .containsExactly(new ServerEvent.Listening("s", HOME), new ServerEvent.Moved("s", HOME, AWAY));
        assertThat(server.address()).contains(AWAY);
    }

    @Test
    void anotherAddressAfterTheGraceIsAMoveAsWell() {
        started(EdgeServerOptions.DEFAULTS);
        lost();
        advance(GRACE);
        up("10.0.0.2");
        assertThat(events.all()).endsWith(new ServerEvent.Moved("s", HOME, AWAY));
    }

    @Test
    void anAddressThatChangesWhileBindingIsFollowed() {
        EdgeServer server = server(EdgeServerOptions.DEFAULTS);
        server.start();
        station.up("10.0.0.1");
        scheduler.runDue();
        station.up("10.0.0.2");
        run();
        assertThat(transport.calls)
                .containsExactly("listen 10.0.0.1:8080", "abort 10.0.0.1:8080 LINK_LOST", "listen 10.0.0.2:8080");
        assertThat(server.address()).contains(AWAY);
    }

    @Test
    void aLinkThatIsLostWhileBindingHasItsGrace() {
        server(EdgeServerOptions.DEFAULTS).start();
        station.up("10.0.0.1");
        scheduler.runDue();
        lost();
        advance(GRACE);
        assertThat(transport.calls).containsExactly("listen 10.0.0.1:8080", "abort 10.0.0.1:8080 LINK_LOST");
    }

    @Test
    void portZeroIsKeptWhenTheServerMoves() {
        started(EdgeServerOptions.DEFAULTS.withPort(0));
        lost();
        up("10.0.0.2");
        assertThat(transport.calls)
                .containsExactly("listen 10.0.0.1:0", "abort 10.0.0.1:49152 LINK_LOST", "listen 10.0.0.2:49152");
    }

    @Test
    void theFirstBindThatFailsEndsTheStart() {
        TransportException inUse = inUse();
        transport.failures.add(inUse);
        EdgeServer server = server(EdgeServerOptions.DEFAULTS);
        CompletableFuture<InetSocketAddress> started = server.start();
        up("10.0.0.1");
        assertThatThrownBy(started::join).hasCause(inUse);
        assertThat(events.all()).containsExactly(new ServerEvent.ListenFailed("s", inUse, Duration.ZERO));

        advance(Duration.ofHours(1));
        up("10.0.0.2");
        assertThat(transport.calls).containsExactly("listen 10.0.0.1:8080");
        assertThat(station.observers()).isZero();
        assertThat(stopNow(server)).isEqualTo(StopOutcome.NOT_RUNNING);
    }

    @Test
    void aLaterBindThatFailsIsTriedAgainWithGrowingDelays() {
        started(EdgeServerOptions.DEFAULTS);
        for (int i = 0; i < 7; i++) {
            transport.failures.add(inUse());
        }
        lost();
        up("10.0.0.2");
        advance(Duration.ofMinutes(5));
        assertThat(events.all(ServerEvent.ListenFailed.class))
                .extracting(failed -> failed.retryIn().toSeconds())
                .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
        assertThat(events.all()).endsWith(new ServerEvent.Moved("s", HOME, AWAY));
    }

    @Test
    void delaysAreShortAgainAfterABindThatWentWell() {
        started(EdgeServerOptions.DEFAULTS);
        for (String address : new String[] {"10.0.0.2", "10.0.0.3"}) {
            transport.failures.add(inUse());
            lost();
            up(address);
            advance(Duration.ofMinutes(1));
        }
        assertThat(events.all(ServerEvent.ListenFailed.class))
                .extracting(failed -> failed.retryIn().toSeconds())
                .containsExactly(1L, 1L);
    }

    @Test
    void aChangeOfTheStationDoesNotWaitForTheNextTry() {
        started(EdgeServerOptions.DEFAULTS);
        transport.failures.add(inUse());
        lost();
        up("10.0.0.2");
        lost();
        up("10.0.0.3");
        assertThat(transport.calls).endsWith("listen 10.0.0.2:8080", "listen 10.0.0.3:8080");
        advance(Duration.ofMinutes(1));
        assertThat(transport.calls).endsWith("listen 10.0.0.2:8080", "listen 10.0.0.3:8080");
    }

    @Test
    void aTransportThatIsClosedIsNotTriedAgain() {
        EdgeServer server = started(EdgeServerOptions.DEFAULTS);
        transport.failures.add(new IllegalStateException("closed"));
        lost();
        up("10.0.0.2");
        advance(Duration.ofHours(1));
        assertThat(transport.calls).endsWith("listen 10.0.0.2:8080");
        assertThat(stopNow(server)).isEqualTo(StopOutcome.NOT_RUNNING);
    }

    @Test
    void aStationThatGivesUpEndsTheWaitForTheStart() {
        CompletableFuture<InetSocketAddress> started =
                server(EdgeServerOptions.DEFAULTS).start();
        run();
        station.failed(JoinFailure.WRONG_KEY);
        run();
        assertThatThrownBy(started::join)
                .cause()
                .isInstanceOfSatisfying(
                        EdgeServerException.class,
                        e -> assertThat(e.kind()).isEqualTo(EdgeServerException.Kind.STATION_FAILED))
                .hasMessage("the server s cannot listen, because its station gave up: wrong key - check the password");
    }

    @Test
    void aFailureFromBeforeTheStartIsNotHeldAgainstIt() {
        station.failed(JoinFailure.WRONG_KEY);
        CompletableFuture<InetSocketAddress> started =
                server(EdgeServerOptions.DEFAULTS).start();
        run();
        assertThat(started).isNotDone();
        up("10.0.0.1");
        assertThat(started).isCompletedWithValue(HOME);
    }

    @Test
    void aServerThatListensEverywhereKeepsItsPortAndEndsWhatCameOverTheLink() {
        EdgeServer server = started(EdgeServerOptions.DEFAULTS.withBind(EdgeServerOptions.ANY));
        Connection wireless = connection("10.0.0.1");
        Connection wired = connection("192.168.7.7");
        lost();
        advance(GRACE.minus(MOMENT));
        verify(wireless, never()).abort(CloseReason.LINK_LOST);
        advance(MOMENT);
        verify(wireless).abort(CloseReason.LINK_LOST);
        verify(wired, never()).abort(CloseReason.LINK_LOST);
        assertThat(server.address()).isPresent();

        up("10.0.0.2");
        assertThat(transport.calls).hasSize(1);
        assertThat(events.all()).hasSize(1);
    }

    @Test
    void aServerThatListensEverywhereEndsWhatCameOverAnAddressThatChanged() {
        started(EdgeServerOptions.DEFAULTS.withBind(EdgeServerOptions.ANY));
        Connection before = connection("10.0.0.1");
        Connection gone = connection("10.0.0.1");
        gone(gone);
        up("10.0.0.2");
        verify(before).abort(CloseReason.LINK_LOST);
        verify(gone, never()).abort(CloseReason.LINK_LOST);

        Connection after = connection("10.0.0.2");
        lost();
        advance(GRACE);
        verify(after).abort(CloseReason.LINK_LOST);
    }

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
        assertThatThrownBy(started::join).cause().hasMessage("the server s was stopped before it could listen");
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
    void twoServersShareAStation() {
        EdgeServer plain = started(EdgeServerOptions.DEFAULTS);
        EdgeServer other = server(EdgeServerOptions.DEFAULTS.withPort(8443));
        other.start();
        run();
        assertThat(other.address()).contains(at("10.0.0.1", 8443));
        stopNow(plain);
        lost();
        up("10.0.0.2");
        assertThat(plain.address()).isEmpty();
        assertThat(other.address()).contains(at("10.0.0.2", 8443));
    }

    @Test
    void nothingThatMayWaitRunsOnTheScheduler() {
        EdgeServer server = server(EdgeServerOptions.DEFAULTS);
        server.start();
        station.up("10.0.0.1");
        scheduler.runDue();
        assertThat(transport.calls).isEmpty();
        run();
        lost();
        scheduler.advance(GRACE);
        assertThat(transport.calls).containsExactly("listen 10.0.0.1:8080");
        run();
        up("10.0.0.1");
        server.stopAsync(Duration.ZERO);
        scheduler.runDue();
        assertThat(transport.calls).endsWith("listen 10.0.0.1:8080");
        run();
    }

    @Test
    void aLimitBelowZeroIsRefused() {
        EdgeServer server = server(EdgeServerOptions.DEFAULTS);
        assertThatThrownBy(() -> server.stopAsync(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limit is PT-0.001S, but must be zero or more");
    }

    private EdgeServer server(EdgeServerOptions options) {
        return new EdgeServer("s", station, transport, PROTOCOL, options, scheduler, blocking, events);
    }

    private EdgeServer started(EdgeServerOptions options) {
        EdgeServer server = server(options);
        server.start();
        up("10.0.0.1");
        return server;
    }

    private void up(String address) {
        run();
        station.up(address);
        run();
    }

    private void lost() {
        station.lost();
        run();
    }

    /** Runs everything that is due, here and on the executor, until nothing is left. */
    private void run() {
        do {
            scheduler.runDue();
            blocking.runAll();
            scheduler.runDue();
        } while (blocking.waiting() > 0);
    }

    private void advance(Duration by) {
        long end = scheduler.nanos() + by.toNanos();
        while (end - scheduler.nanos() > 0) {
            scheduler.advance(Duration.ofNanos(Math.min(end - scheduler.nanos(), 1_000_000_000L)));
            run();
        }
    }

    private StopOutcome stopNow(EdgeServer server) {
        CompletableFuture<StopOutcome> stopped = server.stopAsync(Duration.ofMillis(500));
        run();
        return stopped.getNow(null);
    }

    /** A connection that came in through the last listener, by way of one of our addresses. */
    private Connection connection(String local) {
        Connection connection = mock(Connection.class);
        when(connection.local()).thenReturn(at(local, 8080));
        ProtocolHandler handler =
                transport.listeners.get(transport.listeners.size() - 1).protocol.newHandler();
        handler.onOpen(connection);
        last = handler;
        return connection;
    }

    private ProtocolHandler last;

    private void gone(Connection connection) {
        last.onClosed(connection, CloseReason.PEER);
    }

    private static TransportException inUse() {
        return new TransportException(TransportException.Kind.ADDRESS_IN_USE, "in use", new IOException());
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(ScriptedStation.address(address), port);
    }
}
