package io.edgewire.transport.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.TransportException;
import io.edgewire.api.TransportException.Kind;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class BindFailuresTest {
    @Test
    void aPortThatIsTakenIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = (InetSocketAddress) taken.getLocalSocketAddress();
            TransportException failure = bindAgain(address);

            assertThat(failure.kind()).isEqualTo(Kind.ADDRESS_IN_USE);
            assertThat(failure)
                    .hasMessageContaining("127.0.0.1:" + address.getPort())
                    .hasMessageContaining("port 0");
        }
    }

    @Test
    void anAddressOfNobodyIsNotLocal() throws IOException {
        TransportException failure = bindAgain(new InetSocketAddress(address(192, 0, 2, 1), 8080));
        assertThat(failure.kind()).isEqualTo(Kind.ADDRESS_NOT_LOCAL);
        assertThat(failure).hasMessageContaining("192.0.2.1:8080").hasMessageContaining("0.0.0.0");
    }

    @Test
    void theTextOfTheCauseDecidesNothing() {
        BindException misleading = new BindException("Permission denied");
        InetSocketAddress high = new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080);
        assertThat(BindFailures.explain(high, misleading).kind()).isEqualTo(Kind.ADDRESS_IN_USE);
        assertThat(BindFailures.explain(high, misleading)).hasCause(misleading);
    }

    @Test
    void whatIsNoBindFailureKeepsItsOwnWords() {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080);
        TransportException failure = BindFailures.explain(address, new SocketException("Too many open files"));
        assertThat(failure.kind()).isEqualTo(Kind.FAILED);
        assertThat(failure).hasMessageContaining("Too many open files");
    }

    @Test
    void anAddressIsWrittenAsPeopleDo() throws UnknownHostException {
        assertThat(BindFailures.text(new InetSocketAddress(InetAddress.getByName("::1"), 80)))
                .isEqualTo("[::1]:80");
        assertThat(BindFailures.text(new InetSocketAddress(InetAddress.getByName("::"), 80)))
                .isEqualTo("[::]:80");
        assertThat(BindFailures.text(new InetSocketAddress(InetAddress.getByName("fe80::"), 80)))
                .isEqualTo("[fe80::]:80");
        assertThat(BindFailures.text(new InetSocketAddress(InetAddress.getByName("2001:db8:0:0:1:0:0:1"), 80)))
                .isEqualTo("[2001:db8::1:0:0:1]:80");
        assertThat(BindFailures.text(new InetSocketAddress(InetAddress.getByName("2001:db8:0:1:1:1:1:1"), 80)))
                .isEqualTo("[2001:db8:0:1:1:1:1:1]:80");
        assertThat(BindFailures.text(new InetSocketAddress(address(10, 0, 0, 1), 80)))
                .isEqualTo("10.0.0.1:80");
    }

    private static TransportException bindAgain(InetSocketAddress address) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address);
            throw new AssertionError(address + " could be bound");
        } catch (BindException e) {
            return BindFailures.explain(address, e);
        }
    }

    private static InetAddress address(int... bytes) throws UnknownHostException {
        return InetAddress.getByAddress(
                new byte[] {(byte) bytes[0], (byte) bytes[1], (byte) bytes[2], (byte) bytes[3]});
    }
}
