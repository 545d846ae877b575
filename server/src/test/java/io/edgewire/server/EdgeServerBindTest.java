package io.edgewire.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.StopOutcome;
import io.edgewire.api.TransportException;
import io.edgewire.api.event.ServerEvent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class EdgeServerBindTest extends EdgeServerScenario {
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
    void anAddressThatIsGoneBeforeItWasBoundIsNoFailureOfTheStart() {
        transport.failures.add(inUse());
        EdgeServer server = server(EdgeServerOptions.DEFAULTS);
        CompletableFuture<InetSocketAddress> started = server.start();
        station.up("10.0.0.1");
        scheduler.runDue();
        lost();
        assertThat(started).isNotDone();
        up("10.0.0.2");
        assertThat(started).isCompletedWithValue(AWAY);
    }

    @Test
    void anAddressThatChangesWhileItsBindFailsIsReplacedAtOnce() {
        started(EdgeServerOptions.DEFAULTS);
        lost();
        transport.failures.add(inUse());
        station.up("10.0.0.2");
        scheduler.runDue();
        blocking.runAll();
        scheduler.runDue();
        station.up("10.0.0.3");
        run();
        assertThat(transport.calls).endsWith("listen 10.0.0.2:8080", "listen 10.0.0.3:8080");
    }

    @Test
    void anExecutorThatTakesNoCallsEndsTheStart() {
        EdgeServer server = new EdgeServer(
                "s", station, transport, PROTOCOL, EdgeServerOptions.DEFAULTS, scheduler, refusing(), events);
        CompletableFuture<InetSocketAddress> started = server.start();
        up("10.0.0.1");
        assertThatThrownBy(started::join).hasCauseInstanceOf(RejectedExecutionException.class);
        assertThat(stopNow(server)).isEqualTo(StopOutcome.NOT_RUNNING);
    }

    @Test
    void aServerThatEndsByItselfSaysSoToWhoeverWaits() {
        EdgeServer server = started(EdgeServerOptions.DEFAULTS);
        assertThat(server.stopped()).isNotDone();
        transport.failures.add(new IllegalStateException("closed"));
        lost();
        up("10.0.0.2");
        assertThat(server.stopped()).isCompletedWithValue(StopOutcome.NOT_RUNNING);
        assertThat(events.all()).endsWith(new ServerEvent.Stopped("s", StopOutcome.NOT_RUNNING));
    }

    @Test
    void aConnectionThatWasOnItsWayWhenTheLinkWasLostEndsAsItComes() {
        started(EdgeServerOptions.DEFAULTS.withBind(EdgeServerOptions.ANY));
        lost();
        advance(GRACE);
        Connection late = connection("10.0.0.1");
        Connection wired = connection("192.168.7.7");
        verify(late).abort(CloseReason.LINK_LOST);
        verify(wired, never()).abort(CloseReason.LINK_LOST);

        up("10.0.0.1");
        Connection back = connection("10.0.0.1");
        verify(back, never()).abort(CloseReason.LINK_LOST);
    }

    @Test
    void aServerThatListensEverywhereIsShownAsItWasConfigured() {
        transport.boundAs = ScriptedStation.address("::");
        EdgeServer server = started(
                EdgeServerOptions.DEFAULTS.withBind(EdgeServerOptions.ANY).withPort(0));
        InetSocketAddress everywhere = at("0.0.0.0", ScriptedTransport.FREE_PORT);
        assertThat(server.address()).contains(everywhere);
        assertThat(events.all()).containsExactly(new ServerEvent.Listening("s", everywhere));
    }
}
