package io.edgewire.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewire.api.StopOutcome;
import io.edgewire.api.TransportException;
import io.edgewire.api.event.ServerEvent;
import io.edgewire.api.wlan.JoinFailure;
import io.edgewire.api.wlan.StationState;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class EdgeServerTest extends EdgeServerScenario {
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
                .hasMessage("s: cannot listen, because its station gave up: wrong key - check the password");
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
    void connectionsThatEndedWithTheirLinkAreToldAlsoIfItIsBackMeanwhile() {
        started(EdgeServerOptions.DEFAULTS);
        transport.listeners.get(0).connections = 3;
        lost();
        scheduler.advance(GRACE);
        up("10.0.0.1");
        assertThat(events.all())
                .containsExactly(
                        new ServerEvent.Listening("s", HOME),
                        new ServerEvent.Suspended("s", HOME, 3),
                        new ServerEvent.Listening("s", HOME));
    }

    @Test
    void whatEndedForAMoveIsToldAlsoIfTheAddressIsBackMeanwhile() {
        movingAway();
        station.up("10.0.0.1");
        run();
        assertThat(events.all())
                .containsExactly(
                        new ServerEvent.Listening("s", HOME),
                        new ServerEvent.Suspended("s", HOME, 3),
                        new ServerEvent.Listening("s", HOME));
    }

    @Test
    void whatEndedForAMoveIsToldAlsoIfTheLinkIsLostMeanwhile() {
        movingAway();
        lost();
        assertThat(events.all())
                .containsExactly(new ServerEvent.Listening("s", HOME), new ServerEvent.Suspended("s", HOME, 3));
    }

    @Test
    void whatEndedForAMoveIsToldAlsoIfTheServerStopsMeanwhile() {
        EdgeServer server = movingAway();
        stopNow(server);
        assertThat(events.all().subList(0, 2))
                .containsExactly(new ServerEvent.Listening("s", HOME), new ServerEvent.Suspended("s", HOME, 3));
    }

    @Test
    void whatEndedForAMoveIsToldBeforeABindThatFails() {
        EdgeServer server = movingAway();
        TransportException inUse = inUse();
        transport.failures.add(inUse);
        run();
        assertThat(events.all())
                .containsExactly(
                        new ServerEvent.Listening("s", HOME),
                        new ServerEvent.Suspended("s", HOME, 3),
                        new ServerEvent.ListenFailed("s", inUse, Duration.ofSeconds(1)));
        assertThat(server.address()).isEmpty();
    }

    /** One whose old listener is about to end, because the station is at another address. */
    private EdgeServer movingAway() {
        EdgeServer server = started(EdgeServerOptions.DEFAULTS);
        transport.listeners.get(0).connections = 3;
        station.up("10.0.0.2");
        scheduler.runDue();
        return server;
    }

    @Test
    void aStationThatCannotBeAskedToJoinEndsTheStart() {
        station.onJoin = () -> {
            throw new IllegalStateException("the station is closed");
        };
        EdgeServer server = server(EdgeServerOptions.DEFAULTS);
        CompletableFuture<InetSocketAddress> started = server.start();
        run();
        assertThatThrownBy(started::join).hasRootCauseMessage("the station is closed");
        assertThat(stopNow(server)).isEqualTo(StopOutcome.NOT_RUNNING);
    }
}
