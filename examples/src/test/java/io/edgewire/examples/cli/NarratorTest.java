package io.edgewire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.StopOutcome;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.api.event.EdgeEvent;
import io.edgewire.api.event.LinkEvent;
import io.edgewire.api.event.ServerEvent;
import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.JoinFailure;
import io.edgewire.api.wlan.Ssid;
import io.edgewire.api.wlan.StationState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NarratorTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final InetSocketAddress HERE = new InetSocketAddress(LOOPBACK, 8080);
    private static final Duration WHILE = Duration.ofMillis(1500);

    private final Narrator narrator = new Narrator(Narrator.Show.TEXT, false);
    private final Narrator quiet = new Narrator(Narrator.Show.TEXT, true);

    @Test
    void theServersLife() {
        said(new ServerEvent.Listening("s", HERE), "TCP server running on 127.0.0.1:8080");
        said(new ServerEvent.Moved("s", HERE, new InetSocketAddress(LOOPBACK, 9)), "TCP server running on 127.0.0.1:9");
        said(
                new ServerEvent.Stopping("s", 3, WHILE),
                "Stopping: 3 connections may take 1.5 s to end (once more to force it)");
        said(new ServerEvent.Stopping("s", 0, WHILE), "Stopping: no connection is open");
        said(new ServerEvent.Stopped("s", StopOutcome.DRAINED), "Stopped: drained");
        warned(
                new ServerEvent.Suspended("s", HERE, 2),
                "Link lost: stopped listening on 127.0.0.1:8080, 2 connections closed");
        warned(new ServerEvent.ListenFailed("s", new IOException("in use"), WHILE), "in use; trying again in 1.5 s");
    }

    @Test
    void aStartThatFailedIsToldByTheCommandItself() {
        assertThat(narrator.line(new ServerEvent.ListenFailed("s", new IOException("in use"), Duration.ZERO)))
                .isEmpty();
    }

    @Test
    void theLinksLife() {
        said(changed(new StationState.Associating(1)), "Joining 你好 on wlan0 ...");
        said(changed(new StationState.Associating(2)), "Joining 你好 on wlan0 (attempt 2) ...");
        said(changed(new StationState.Acquiring()), "Joined 你好, waiting for an address ...");
        said(changed(new StationState.Up(IfConfig.of(LOOPBACK, 8))), "Address 127.0.0.1 on wlan0");
        warned(changed(new StationState.Lost(StationState.LossCause.LINK_DOWN)), "Link lost on wlan0: link down");
        warned(
                changed(new StationState.Retrying(JoinFailure.NOT_FOUND, 3, WHILE)),
                "Cannot join 你好: not found; attempt 3 in 1.5 s");
        warned(changed(new StationState.Failed(JoinFailure.WRONG_KEY)), "Cannot join 你好: wrong key");
        warned(new LinkEvent.DeviceFailed("wlan0", new IOException("unplugged")), "wlan0: unplugged");
        assertThat(narrator.line(changed(new StationState.Down()))).isEmpty();
    }

    @Test
    void aNetworkCannotPlayWithTheTerminalByItsName() {
        said(
                new LinkEvent.Changed("wlan0", Ssid.parse("a\u202eb"), new StationState.Acquiring()),
                "Joined a\\u{202e}b, waiting for an address ...");
    }

    @Test
    void connections() {
        said(new ConnectionEvent.Opened(4, HERE, HERE), "Client connected: 127.0.0.1:8080 (#4)");
        said(
                new ConnectionEvent.Closed(4, HERE, CloseReason.PEER, "", 10, 20, 0, WHILE),
                "Client disconnected: 127.0.0.1:8080 (#4, PEER, 10 bytes in, 20 out, 1.5 s)");
        said(
                new ConnectionEvent.Closed(4, HERE, CloseReason.SLOW_PEER, "", 10, 20, 30, WHILE),
                "Client disconnected: 127.0.0.1:8080 (#4, SLOW_PEER, 10 bytes in, 20 out, 30 not sent, 1.5 s)");
        said(
                new ConnectionEvent.Closed(4, HERE, CloseReason.PROTOCOL_ERROR, "a long line: 41 |A|", 1, 2, 0, WHILE),
                "Client disconnected: 127.0.0.1:8080 (#4, PROTOCOL_ERROR: a long line: 41 |A|, 1 bytes in, 2 out, 1.5"
                        + " s)");
        warned(
                new ConnectionEvent.Refused(HERE, LOOPBACK, ConnectionEvent.Limit.ACCEPT_RATE, 50),
                "Client refused: 127.0.0.1, the limit of 50 new connections a second is reached");
        warned(
                new ConnectionEvent.Refused(HERE, LOOPBACK, ConnectionEvent.Limit.CONNECTIONS_PER_ADDRESS, 5),
                "Client refused: 127.0.0.1, the limit of 5 connections per address is reached");
        warned(
                new ConnectionEvent.AcceptFailed(HERE, new IOException("too many open files"), WHILE),
                "Cannot accept: too many open files; trying again in 1.5 s");
    }

    @Test
    void aHandlerThatDoesNotReturn() {
        StackTraceElement place = new StackTraceElement("com.example.Upper", "onBytes", "Upper.java", 12);
        warned(
                new ConnectionEvent.HandlerBlocked(4, HERE, "edgewire-nio-0", WHILE, List.of(place)),
                "Handler blocked: #4 has held up edgewire-nio-0 for 1.5 s, in"
                        + " com.example.Upper.onBytes(Upper.java:12)");
        warned(
                new ConnectionEvent.HandlerBlocked(4, HERE, "edgewire-nio-0", WHILE, List.of()),
                "Handler blocked: #4 has held up edgewire-nio-0 for 1.5 s");
        warned(
                new ConnectionEvent.HandlerReturned(4, HERE, "edgewire-nio-0", WHILE),
                "Handler returned: #4 had held up edgewire-nio-0 for 1.5 s");
    }

    @Test
    void theQuietOneSaysWhereItRunsAndErrors() {
        assertThat(quiet.line(new ServerEvent.Listening("s", HERE))).isPresent();
        assertThat(quiet.line(new ServerEvent.Suspended("s", HERE, 2))).isPresent();
        assertThat(quiet.line(changed(new StationState.Failed(JoinFailure.WRONG_KEY))))
                .isPresent();
        assertThat(quiet.line(changed(new StationState.Associating(1)))).isEmpty();
        assertThat(quiet.line(new ConnectionEvent.Opened(4, HERE, HERE))).isEmpty();
        assertThat(quiet.line(new ServerEvent.Stopping("s", 3, WHILE))).isEmpty();
        assertThat(quiet.line(new ServerEvent.Stopped("s", StopOutcome.DRAINED)))
                .isEmpty();
        assertThat(quiet.showsReads()).isFalse();
    }

    private static LinkEvent changed(StationState state) {
        return new LinkEvent.Changed("wlan0", Ssid.parse("你好"), state);
    }

    private void said(EdgeEvent event, String text) {
        assertThat(narrator.line(event).map(Line::text)).contains(text);
        assertThat(narrator.line(event).map(Line::isError)).isEqualTo(Optional.of(false));
    }

    private void warned(EdgeEvent event, String text) {
        assertThat(narrator.line(event).map(Line::text)).contains(text);
        assertThat(narrator.line(event).map(Line::isError)).isEqualTo(Optional.of(true));
    }
}
