package io.edgewire.transport.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.event.ConnectionEvent.Limit;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final Admission admission = new Admission(3, 2);
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
    }

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
