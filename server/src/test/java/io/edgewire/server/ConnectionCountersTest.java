package io.edgewire.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.api.event.ConnectionEvent.Limit;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionCountersTest {
    @Test
    void everyKindOfEventIsCounted() {
        InetSocketAddress peer = new InetSocketAddress(ScriptedStation.address("10.0.0.9"), 5000);
        ConnectionCounters counters = new ConnectionCounters();
        counters.accept(new ConnectionEvent.Opened(1, peer, peer));
        counters.accept(new ConnectionEvent.Opened(2, peer, peer));
        counters.accept(new ConnectionEvent.HandlerFailed(1, peer, new IllegalStateException()));
        counters.accept(new ConnectionEvent.Closed(1, peer, CloseReason.PEER, "", 3, 9, 5, Duration.ZERO));
        counters.accept(new ConnectionEvent.Refused(peer, peer.getAddress(), Limit.CONNECTIONS, 2));
        counters.accept(new ConnectionEvent.Refused(peer, peer.getAddress(), Limit.ACCEPT_RATE, 2));
        counters.accept(new ConnectionEvent.Refused(peer, peer.getAddress(), Limit.ACCEPT_RATE, 2));
        counters.accept(new ConnectionEvent.AcceptFailed(peer, new IOException(), Duration.ZERO));
        Map<Limit, Long> refused =
                Map.of(Limit.CONNECTIONS, 1L, Limit.CONNECTIONS_PER_ADDRESS, 0L, Limit.ACCEPT_RATE, 2L);
        assertThat(counters.counts()).isEqualTo(new ConnectionCounters.Counts(2, 1, refused, 1, 1, 3, 9, 5));
    }
}
