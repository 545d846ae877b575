package io.edgewire.examples.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.Clock;
import io.edgewire.api.ConnectOptions;
import io.edgewire.transport.nio.NioTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DialTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Client client = client();

    @Test
    void theNextAddressIsTriedWhereNobodyListensAtTheFirst() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                NioTransport transport = NioTransport.create(client)) {
            InetSocketAddress open = (InetSocketAddress) listener.getLocalSocketAddress();

            assertThat(dial(transport, closed(), open)).isEmpty();
            assertThat(client.where()).startsWith("127.0.0.1:" + open.getPort() + " from ");
        }
    }

    @Test
    void everyAddressThatFailedIsNamed() throws IOException {
        try (NioTransport transport = NioTransport.create(client)) {
            InetSocketAddress first = closed();
            InetSocketAddress second = closed();

            assertThat(dial(transport, first, second))
                    .get()
                    .asString()
                    .contains("127.0.0.1:" + first.getPort() + ": ")
                    .contains("; 127.0.0.1:" + second.getPort() + ": ");
        }
    }

    private Optional<String> dial(NioTransport transport, InetSocketAddress... addresses) {
        return new Dial(List.of(addresses), ConnectOptions.ANY_SOURCE, LIMIT).connect(transport, () -> client, client);
    }

    /** Where somebody has listened and nobody does. */
    private static InetSocketAddress closed() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return (InetSocketAddress) listener.getLocalSocketAddress();
        }
    }

    private static Client client() {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        ClientOutput.Look look = new ClientOutput.Look(false, false, false, false, false, true);
        ClientOutput output = new ClientOutput(nowhere, nowhere, look, LocalTime::now);
        return new Client(
                output, new Status(nowhere, false, output), new Tally(false), Clock.SYSTEM, Duration.ZERO, false);
    }
}
