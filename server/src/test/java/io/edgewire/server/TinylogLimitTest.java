package io.edgewire.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.api.event.ConnectionEvent.Limit;
import io.edgewire.api.event.EdgeEvent;
import io.edgewire.testkit.ManualClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TinylogLimitTest {
    private static final InetSocketAddress HERE = new InetSocketAddress(ScriptedStation.address("10.0.0.1"), 8080);
    private static final InetSocketAddress PEER = new InetSocketAddress(ScriptedStation.address("10.0.0.9"), 5000);
    private static final EdgeEvent REFUSED =
            new ConnectionEvent.Refused(HERE, PEER.getAddress(), Limit.CONNECTIONS, 100);
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final ManualClock clock = new ManualClock();
    private final List<String> lines = new ArrayList<>();
    private final TinylogEvents log = new TinylogEvents(clock, line -> lines.add(line.level() + " " + line.text()));

    @Test
    void aHundredThousandRefusalsAreTenLinesAndASum() {
        repeat(100_000, REFUSED);
        clock.advance(WINDOW);
        log.idle();
        log.idle();
        assertThat(lines)
                .hasSize(11)
                .startsWith("WARN 10.0.0.9 was turned away from 10.0.0.1:8080: 100 connections are open"
                        + " (edgewire.connection.max)")
                .endsWith("WARN ... and not shown one by one: 99990 turned away from 10.0.0.1:8080"
                        + " (edgewire.connection.max)");
    }

    @Test
    void eachLimitHasItsOwnTenAndItsOwnSum() {
        repeat(12, REFUSED);
        repeat(15, new ConnectionEvent.Refused(HERE, PEER.getAddress(), Limit.ACCEPT_RATE, 5));
        log.ended();
        assertThat(lines)
                .hasSize(21)
                .endsWith("WARN ... and not shown one by one: 5 turned away from 10.0.0.1:8080"
                        + " (edgewire.connection.accept-rate), 2 turned away from 10.0.0.1:8080"
                        + " (edgewire.connection.max)");
    }

    @Test
    void theSumComesBeforeTheNextLine() {
        repeat(11, REFUSED);
        clock.advance(WINDOW);
        repeat(1, new ConnectionEvent.Opened(1, HERE, PEER));
        assertThat(lines)
                .hasSize(12)
                .endsWith(
                        "WARN ... and not shown one by one: 1 turned away from 10.0.0.1:8080 (edgewire.connection.max)",
                        "DEBUG #1 10.0.0.9:5000 connected to 10.0.0.1:8080");
    }

    @Test
    void whateverAPeerCanBringAboutIsLimited() {
        IOException cause = new IOException("broken");
        repeat(11, new ConnectionEvent.AcceptFailed(HERE, cause, WINDOW));
        repeat(12, new ConnectionEvent.HandlerFailed(7, PEER, cause));
        repeat(13, new ConnectionEvent.Closed(7, PEER, CloseReason.WRITE_STALLED, "", 3, 9, 5, WINDOW));
        for (int i = 0; i < 14; i++) {
            log.dropped(100);
            log.failed(cause);
        }
        log.ended();
        assertThat(lines)
                .hasSize(51)
                .endsWith("WARN ... and not shown one by one: 3 closed with bytes that were not sent,"
                        + " 400 events dropped (edgewire.log.queue), 4 failures of observers,"
                        + " 1 failures to accept on 10.0.0.1:8080, 2 handlers that threw");
    }

    @Test
    void whatWasAskedForByItsLevelIsNotLimited() {
        repeat(100, new ConnectionEvent.Opened(1, HERE, PEER));
        repeat(100, new ConnectionEvent.Closed(1, PEER, CloseReason.PEER, "", 3, 9, 0, WINDOW));
        assertThat(lines).hasSize(200);
    }

    private void repeat(int times, EdgeEvent event) {
        for (int i = 0; i < times; i++) {
            log.accept(event);
        }
    }
}
