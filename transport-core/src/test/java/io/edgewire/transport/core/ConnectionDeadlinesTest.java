package io.edgewire.transport.core;

import static io.edgewire.transport.core.ConnectionDeadlines.Due.IDLE;
import static io.edgewire.transport.core.ConnectionDeadlines.Due.LIFETIME;
import static io.edgewire.transport.core.ConnectionDeadlines.Due.NOTHING;
import static io.edgewire.transport.core.ConnectionDeadlines.Due.PEER_FIN;
import static io.edgewire.transport.core.ConnectionDeadlines.Due.WRITE_STALLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.ConnectionTimeouts;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ConnectionDeadlinesTest {
    /** Near the end of the clock's range, so that each test runs over the wrap-around; no constant, for the compiler would take that for a slip. */
    private static final long OPENED = Long.valueOf(Long.MAX_VALUE - 5);

    @Test
    void byDefaultNothingIsWaitedForWhileNothingIsQueued() {
        ConnectionDeadlines deadlines = opened(timeouts -> timeouts);
        assertThat(deadlines.untilNext(OPENED + 1_000_000)).isEqualTo(Long.MAX_VALUE);
        assertThat(deadlines.due(OPENED + 1_000_000)).isEqualTo(NOTHING);
    }

    @Test
    void silenceIsIdleAndAByteInEitherDirectionPutsItOff() {
        ConnectionDeadlines deadlines = opened(timeouts -> timeouts.withIdle(nanos(100)));
        deadlines.received(OPENED + 40);
        deadlines.sent(OPENED + 70);

        assertThat(deadlines.untilNext(OPENED + 100)).isEqualTo(70);
        assertThat(deadlines.due(OPENED + 169)).isEqualTo(NOTHING);
        assertThat(deadlines.due(OPENED + 170)).isEqualTo(IDLE);
    }

    @Test
    void silenceWhilePausedDoesNotCountAndStartsAnewAfterwards() {
        ConnectionDeadlines deadlines = opened(timeouts -> timeouts.withIdle(nanos(100)));
        deadlines.reading(false, OPENED + 50);
        assertThat(deadlines.due(OPENED + 500)).isEqualTo(NOTHING);
        assertThat(deadlines.untilNext(OPENED + 500)).isEqualTo(Long.MAX_VALUE);

        deadlines.reading(true, OPENED + 500);
        assertThat(deadlines.untilNext(OPENED + 500)).isEqualTo(100);
        assertThat(deadlines.due(OPENED + 600)).isEqualTo(IDLE);
    }

    @Test
    void theFirstByteIsWaitedForWhateverWeSend() {
        ConnectionDeadlines deadlines = opened(timeouts -> timeouts.withFirstByte(nanos(100)));
        deadlines.sent(OPENED + 90);
        assertThat(deadlines.due(OPENED + 99)).isEqualTo(NOTHING);
        assertThat(deadlines.due(OPENED + 100)).isEqualTo(IDLE);

        deadlines.received(OPENED + 99);
        assertThat(deadlines.due(OPENED + 1000)).isEqualTo(NOTHING);
    }

    @Test
    void bytesThatWaitStallUnlessSomeAreTaken() {
        ConnectionDeadlines deadlines = opened(timeouts -> timeouts.withWrite(nanos(100)));
        deadlines.waiting(true, OPENED + 10);
        assertThat(deadlines.untilNext(OPENED + 10)).isEqualTo(100);
        deadlines.sent(OPENED + 100);
        assertThat(deadlines.due(OPENED + 199)).isEqualTo(NOTHING);
        assertThat(deadlines.due(OPENED + 200)).isEqualTo(WRITE_STALLED);

        deadlines.waiting(false, OPENED + 200);
        assertThat(deadlines.due(OPENED + 1000)).isEqualTo(NOTHING);
        deadlines.waiting(true, OPENED + 1000);
        assertThat(deadlines.untilNext(OPENED + 1000)).isEqualTo(100);
    }

    @Test
    void afterOurFinOnlyThePeersIsWaitedForAndTheLifetime() {
        ConnectionDeadlines deadlines = opened(timeouts -> timeouts.withIdle(nanos(50))
                .withWrite(nanos(50))
                .withClose(nanos(100))
                .withLifetime(nanos(1000)));
        deadlines.waiting(true, OPENED);
        deadlines.finSent(OPENED + 20);
        assertThat(deadlines.due(OPENED + 119)).isEqualTo(NOTHING);
        assertThat(deadlines.due(OPENED + 120)).isEqualTo(PEER_FIN);
        assertThat(deadlines.due(OPENED + 1000)).isEqualTo(LIFETIME);
    }

    @Test
    void theLifetimeEndsHoweverBusyItIs() {
        ConnectionDeadlines deadlines = opened(timeouts -> timeouts.withLifetime(nanos(100)));
        deadlines.received(OPENED + 99);
        deadlines.reading(false, OPENED + 99);
        assertThat(deadlines.untilNext(OPENED + 99)).isEqualTo(1);
        assertThat(deadlines.due(OPENED + 100)).isEqualTo(LIFETIME);
    }

    private static ConnectionDeadlines opened(UnaryOperator<ConnectionTimeouts> change) {
        ConnectionDeadlines deadlines = new ConnectionDeadlines(change.apply(ConnectionTimeouts.DEFAULTS));
        deadlines.opened(OPENED);
        return deadlines;
    }

    private static Duration nanos(long count) {
        return Duration.ofNanos(count);
    }
}
