package io.edgewire.transport.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.Clock;
import io.edgewire.api.ListenOptions;
import io.edgewire.api.event.ConnectionEvent.Limit;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final long SECOND = 1_000_000_000;
    private static final ListenOptions LIMITS = ListenOptions.on(new InetSocketAddress(0))
            .withMaxConnections(3)
            .withMaxPerAddress(2)
            .withAcceptRate(1000);

    private long now = Long.MAX_VALUE - 2 * SECOND; // soon it wraps around
    private final Clock clock = () -> now;
    private final Admission admission = new Admission(LIMITS, clock);
    private final InetAddress one = address(1);
    private final InetAddress other = address(2);

    @Test
    void theOneThatIsTooManyFromAnAddressIsRefusedByThatLimit() {
        assertThat(admission.admit(one)).isEmpty();
        assertThat(admission.admit(one)).isEmpty();
        assertThat(admission.admit(one)).contains(Limit.CONNECTIONS_PER_ADDRESS);
        assertThat(admission.admit(other)).isEmpty();
        assertThat(admission.open()).isEqualTo(3);
    }

    @Test
    void theOneThatIsTooManyInAllIsRefusedByThatLimit() {
        admission.admit(one);
        admission.admit(one);
        admission.admit(other);
        assertThat(admission.admit(other)).contains(Limit.CONNECTIONS);
        assertThat(admission.open()).isEqualTo(3);
    }

    @Test
    void whenOneHasClosedTheNextIsLetIn() {
        admission.admit(one);
        admission.admit(one);
        admission.release(one);
        assertThat(admission.admit(one)).isEmpty();
        assertThat(admission.admit(one)).isPresent();
        admission.release(one);
        admission.release(one);
        assertThat(admission.open()).isZero();
    }

    @Test
    void eachLimitTellsItsValue() {
        assertThat(admission.allowed(Limit.CONNECTIONS)).isEqualTo(3);
        assertThat(admission.allowed(Limit.CONNECTIONS_PER_ADDRESS)).isEqualTo(2);
        assertThat(admission.allowed(Limit.ACCEPT_RATE)).isEqualTo(1000);
    }

    @Test
    void theOneThatComesTooSoonIsRefusedByTheRate() {
        Admission slow = new Admission(LIMITS.withAcceptRate(1), clock);
        assertThat(slow.admit(one)).isEmpty();
        assertThat(slow.admit(one)).contains(Limit.ACCEPT_RATE);
        assertThat(slow.open()).isEqualTo(1);
        now += SECOND;
        assertThat(slow.admit(one)).isEmpty();
    }

    @Test
    void aSecondLetsInAsManyAsTheRateSaysAtWhateverPaceTheyCome() {
        Admission fast =
                new Admission(ListenOptions.on(new InetSocketAddress(0)).withAcceptRate(1000), clock);
        for (int i = 0; i < 1000; i++) {
            assertThat(fast.admit(one)).isEmpty();
        }
        int later = 0;
        for (int i = 0; i < 10_000; i++) {
            now += 100_000;
            later += fast.admit(one).isEmpty() ? 1 : 0;
        }
        assertThat(later).isEqualTo(1000);
    }

    @Test
    void withoutARateNobodyIsHeldUp() {
        Admission any = new Admission(ListenOptions.on(new InetSocketAddress(0)), clock);
        for (int i = 0; i < 10_000; i++) {
            assertThat(any.admit(one)).isEmpty();
        }
    }

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
