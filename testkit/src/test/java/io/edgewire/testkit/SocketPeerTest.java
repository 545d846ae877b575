package io.edgewire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two peers speak to each other. */
class SocketPeerTest {
    private static final Duration SHORT = Duration.ofMillis(100);

    private final SocketPeerListener listener = SocketPeerListener.open(SHORT);
    private final Peer one = SocketPeer.dial(listener.address(), new InetSocketAddress(0), SHORT);
    private final Peer two = listener.accept();

    @AfterEach
    void close() {
        one.close();
        two.close();
        listener.close();
    }

    @Test
    void whatOneSendsTheOtherReceives() {
        one.send("hello");
        one.sendByteByByte(new byte[] {1, 2, 3});

        two.expect("hello");
        assertThat(two.receive(3)).containsExactly(1, 2, 3);
        assertThat(two.take(10)).isEmpty();
    }

    @Test
    void aSegmentComesAsOneRead() {
        one.send("whole");

        assertThat(new String(two.next())).isEqualTo("whole");
    }

    @Test
    void otherBytesThanExpectedAreToldApart() {
        one.send("hallo");

        assertThatThrownBy(() -> two.expect("hello"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("'hallo'");
    }

    @Test
    void aFinIsNoResetAndAResetIsNoFin() {
        one.send("last");
        one.halfClose();
        assertThatThrownBy(two::expectReset).isInstanceOf(AssertionError.class);

        two.reset();
        one.expectReset();
    }

    @Test
    void bytesBeforeAFinAreNoticed() {
        one.send("x");
        one.halfClose();

        assertThatThrownBy(two::expectEof).isInstanceOf(AssertionError.class).hasMessageContaining("1 bytes");
        two.expectEof();
    }

    @Test
    void aResetIsNotTakenForAFin() {
        one.reset();

        assertThatThrownBy(two::receiveAll).isInstanceOf(AssertionError.class).hasMessageContaining("failed");
    }

    @Test
    void waitingForWhatNeverComesFailsInTime() {
        assertThatThrownBy(() -> two.receive(1)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(two::next).isInstanceOf(AssertionError.class);
        assertThatThrownBy(two::expectEof).isInstanceOf(AssertionError.class);
        assertThatThrownBy(two::expectReset).isInstanceOf(AssertionError.class);
        assertThatThrownBy(listener::accept).isInstanceOf(AssertionError.class);
    }

    @Test
    void aFloodEndsWhenNobodyReads() {
        long most = 256L * 1024 * 1024;

        assertThat(one.flood(most)).isPositive().isLessThan(most);
        assertThat(two.flood(1000)).isEqualTo(1000);
    }

    @Test
    void whereNobodyListensNobodyIsReached() {
        InetSocketAddress address = listener.address();
        listener.close();

        assertThatThrownBy(() -> SocketPeer.dial(address)).isInstanceOf(UncheckedIOException.class);
    }
}
