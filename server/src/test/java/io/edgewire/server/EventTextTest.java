package io.edgewire.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.StopOutcome;
import io.edgewire.api.TransportException;
import io.edgewire.api.event.ClientEvent;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.api.event.EdgeEvent;
import io.edgewire.api.event.LinkEvent;
import io.edgewire.api.event.ServerEvent;
import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.JoinFailure;
import io.edgewire.api.wlan.Ssid;
import io.edgewire.api.wlan.StationState;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventTextTest {
    private static final InetSocketAddress HERE = new InetSocketAddress(ScriptedStation.address("10.0.0.1"), 8080);
    private static final InetSocketAddress SIX = new InetSocketAddress(ScriptedStation.address("::1"), 8080);
    private static final InetSocketAddress PEER = new InetSocketAddress(ScriptedStation.address("10.0.0.9"), 5000);
    private static final String BREAK = System.lineSeparator();
    private static final Duration SHORT = Duration.ofMillis(1500);
    private static final IOException CAUSE = new IOException("broken");
    private static final TransportException IN_USE =
            new TransportException(TransportException.Kind.ADDRESS_IN_USE, "port 8080 is in use", CAUSE);

    static Stream<Arguments> lines() {
        return Stream.of(
                line("DEBUG #7 10.0.0.9:5000 connected to 10.0.0.1:8080", new ConnectionEvent.Opened(7, HERE, PEER)),
                line(
                        "DEBUG #7 10.0.0.9:5000 closed: PEER after 1500 ms, 3 bytes in, 9 out",
                        closed(CloseReason.PEER, "", 0)),
                line(
                        "DEBUG #7 10.0.0.9:5000 closed: RESET (Connection reset) after 1500 ms, 3 bytes in, 9 out, 5 not"
                                + " sent",
                        closed(CloseReason.RESET, "Connection reset", 5)),
                line(
                        "WARN #7 10.0.0.9:5000 closed: SHUTDOWN after 1500 ms, 3 bytes in, 9 out, 5 not sent",
                        closed(CloseReason.SHUTDOWN, "", 5)),
                line(
                        "WARN 10.0.0.9 was turned away from 10.0.0.1:8080: 20000 connections are open"
                                + " (edgewire.connection.max)",
                        new ConnectionEvent.Refused(
                                HERE, PEER.getAddress(), ConnectionEvent.Limit.CONNECTIONS, 20_000)),
                line(
                        "WARN 10.0.0.9 was turned away from 10.0.0.1:8080: 2 connections of this address are open"
                                + " (edgewire.connection.max-per-address)",
                        new ConnectionEvent.Refused(
                                HERE, PEER.getAddress(), ConnectionEvent.Limit.CONNECTIONS_PER_ADDRESS, 2)),
                line(
                        "WARN 10.0.0.9 was turned away from 10.0.0.1:8080: 50 connections a second are let in"
                                + " (edgewire.connection.accept-rate)",
                        new ConnectionEvent.Refused(HERE, PEER.getAddress(), ConnectionEvent.Limit.ACCEPT_RATE, 50)),
                line(
                        "ERROR #7 10.0.0.9:5000 is closed, because its handler threw java.io.IOException: broken",
                        new ConnectionEvent.HandlerFailed(7, PEER, CAUSE)),
                line(
                        "WARN 10.0.0.1:8080 could not accept a connection: java.io.IOException: broken; tries again in"
                                + " 1500 ms",
                        new ConnectionEvent.AcceptFailed(HERE, CAUSE, SHORT)),
                line(
                        "ERROR #7 10.0.0.9:5000 blocks edgewire-nio-0: its handler has not returned for 1500 ms; it is"
                                + BREAK + "\tat Upper.onBytes(Upper.java:12)" + BREAK + "\tat Loop.run(Loop.java:3)",
                        new ConnectionEvent.HandlerBlocked(
                                7,
                                PEER,
                                "edgewire-nio-0",
                                SHORT,
                                List.of(frame("Upper", "onBytes", 12), frame("Loop", "run", 3)))),
                line(
                        "ERROR #7 10.0.0.9:5000 blocks edgewire-nio-0: its handler has not returned for 1500 ms",
                        new ConnectionEvent.HandlerBlocked(7, PEER, "edgewire-nio-0", SHORT, List.of())),
                line(
                        "WARN #7 10.0.0.9:5000 blocks edgewire-nio-0 no longer: its handler has returned after 1500 ms",
                        new ConnectionEvent.HandlerReturned(7, PEER, "edgewire-nio-0", SHORT)),
                line("INFO s: listening on [::1]:8080", new ServerEvent.Listening("s", SIX)),
                line("INFO s: moved from 10.0.0.1:8080 to [::1]:8080", new ServerEvent.Moved("s", HERE, SIX)),
                line(
                        "WARN s: the link is lost, so 10.0.0.1:8080 is closed and 2 connections with it; waits for the"
                                + " link",
                        new ServerEvent.Suspended("s", HERE, 2)),
                line(
                        "INFO s: the link is lost, so 10.0.0.1:8080 is closed and 0 connections with it; waits for the"
                                + " link",
                        new ServerEvent.Suspended("s", HERE, 0)),
                line("DEBUG c: connecting, attempt 3", new ClientEvent.Connecting("c", 3)),
                line("INFO c: connected to 10.0.0.1:8080 as #7", new ClientEvent.Connected("c", 7, HERE, HERE)),
                line(
                        "WARN c: #7 to 10.0.0.1:8080 has ended: RESET (gone); 3 messages may or may not have arrived",
                        new ClientEvent.Disconnected("c", 7, HERE, CloseReason.RESET, "gone", 3)),
                line(
                        "INFO c: #7 to 10.0.0.1:8080 has ended: PEER",
                        new ClientEvent.Disconnected("c", 7, HERE, CloseReason.PEER, "", 0)),
                line(
                        "WARN c: RESET (gone); attempt 2 in 500 ms",
                        new ClientEvent.Waiting("c", 2, Duration.ofMillis(500), "RESET (gone)")),
                line("INFO c: waits for the station", new ClientEvent.Paused("c")),
                line("INFO c: closed", new ClientEvent.Closed("c", 0)),
                line("WARN c: closed, and 2 messages were not sent", new ClientEvent.Closed("c", 2)),
                line(
                        "ERROR s: cannot listen: port 8080 is in use",
                        new ServerEvent.ListenFailed("s", IN_USE, Duration.ZERO)),
                line(
                        "WARN s: cannot listen: port 8080 is in use; tries again in 16 s",
                        new ServerEvent.ListenFailed("s", IN_USE, Duration.ofSeconds(16))),
                line(
                        "ERROR s: cannot listen: java.lang.NullPointerException",
                        new ServerEvent.ListenFailed("s", new NullPointerException(), Duration.ZERO)),
                line(
                        "INFO s: stopping, 2 connections have 10 s to end",
                        new ServerEvent.Stopping("s", 2, Duration.ofSeconds(10))),
                line("INFO s: stopped", new ServerEvent.Stopped("s", StopOutcome.DRAINED)),
                line(
                        "WARN s: stopped, and what did not end in time was cut off",
                        new ServerEvent.Stopped("s", StopOutcome.FORCED)),
                line("INFO wlan0: 'MyWiFi' joining", link(new StationState.Associating(1))),
                line("INFO wlan0: 'MyWiFi' joining, attempt 2", link(new StationState.Associating(2))),
                line("INFO wlan0: 'MyWiFi' waiting for an address", link(new StationState.Acquiring())),
                line(
                        "INFO wlan0: 'MyWiFi' up at 10.0.0.1/24",
                        link(new StationState.Up(IfConfig.of(HERE.getAddress(), 24)))),
                line(
                        "WARN wlan0: 'MyWiFi' link lost; joining again",
                        link(new StationState.Lost(StationState.LossCause.LINK_DOWN))),
                line(
                        "WARN wlan0: 'MyWiFi' joined, but no address was leased - check the access point's DHCP server;"
                                + " attempt 2 in 1500 ms",
                        link(new StationState.Retrying(JoinFailure.NO_LEASE, 2, SHORT))),
                line(
                        "ERROR wlan0: 'MyWiFi' wrong key - check the password; not trying again",
                        link(new StationState.Failed(JoinFailure.WRONG_KEY))),
                line("INFO wlan0: 'MyWiFi' left", link(new StationState.Down())),
                line(
                        "WARN wlan0: the interface failed: java.io.IOException: broken",
                        new LinkEvent.DeviceFailed("wlan0", CAUSE)));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void everyEventHasItsLevelAndItsWords(String expected, EdgeEvent event) {
        LogLine line = EventText.line(event);
        assertThat(line.level() + " " + line.text()).isEqualTo(expected);
    }

    @Test
    void aNetworkWithoutANameIsNotQuoted() {
        assertThat(EventText.line(new LinkEvent.Changed("eth0", Ssid.parse(""), new StationState.Associating(1)))
                        .text())
                .isEqualTo("eth0: joining");
    }

    @Test
    void aVeryDeepStackIsCut() {
        List<StackTraceElement> deep = Collections.nCopies(60, frame("Deep", "onBytes", 1));
        assertThat(EventText.line(new ConnectionEvent.HandlerBlocked(7, PEER, "edgewire-nio-0", SHORT, deep))
                        .text())
                .endsWith(BREAK + "\t... 10 more")
                .hasLineCount(52);
    }

    @Test
    void aHandlersFaultComesWithItsStackTrace() {
        assertThat(EventText.line(new ConnectionEvent.HandlerFailed(7, PEER, CAUSE))
                        .cause())
                .isSameAs(CAUSE);
    }

    private static StackTraceElement frame(String type, String method, int line) {
        return new StackTraceElement(type, method, type + ".java", line);
    }

    private static Arguments line(String expected, EdgeEvent event) {
        return Arguments.of(expected, event);
    }

    private static EdgeEvent closed(CloseReason reason, String detail, long unsent) {
        return new ConnectionEvent.Closed(7, PEER, reason, detail, 3, 9, unsent, SHORT);
    }

    private static EdgeEvent link(StationState state) {
        return new LinkEvent.Changed("wlan0", Ssid.parse("MyWiFi"), state);
    }
}
