package io.edgewire.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.ListenOptions;
import io.edgewire.api.Listener;
import io.edgewire.api.Transport;
import io.edgewire.api.event.EventSink;
import io.edgewire.testkit.sim.Simulation;
import io.edgewire.transport.bio.BioTransport;
import io.edgewire.transport.nio.NioTransport;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The framing guide's example, on every network there is. */
class SumsTest {
    private static final int LIMIT = ChildProcess.LIMIT_SECONDS * 1000;
    private static final Path GUIDE = Path.of("..", "docs", "guide", "framing.md");
    private static final Path SOURCE = Path.of("src", "main", "java", "io", "edgewire", "examples", "Sums.java");

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void eachMessageIsAnsweredByOne(String kind) throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (Transport transport =
                        kind.equals("nio") ? NioTransport.create(EventSink.NONE) : BioTransport.create(EventSink.NONE);
                Listener listener = transport.listen(ListenOptions.on(new InetSocketAddress(here, 0)), Sums.PROTOCOL);
                Socket socket = new Socket(here, listener.address().getPort())) {
            socket.setSoTimeout(LIMIT);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (int round = 0; round < 100; round++) {
                out.write(message(round, 1, -3).array());
                out.write(message().array());
                assertThat(in.readInt()).isEqualTo(8);
                assertThat(in.readLong()).isEqualTo(round - 2);
                assertThat(in.readInt()).isEqualTo(8);
                assertThat(in.readLong()).isZero();
            }
        }
    }

    @Test
    void howeverTheNetworkCutsItTheSumIsTheSame() {
        Simulation.of(Sums.PROTOCOL)
                .client(peer -> {
                    peer.send(message(1, 2, 3).array());
                    peer.send(message(Integer.MAX_VALUE, Integer.MAX_VALUE).array());
                    assertThat(peer.receive(24))
                            .isEqualTo(ByteBuffer.allocate(24)
                                    .putInt(8)
                                    .putLong(6)
                                    .putInt(8)
                                    .putLong(2L * Integer.MAX_VALUE)
                                    .array());
                })
                .run();
    }

    @Test
    void theGuideShowsThisVeryProgramInLessThan25Lines() throws IOException {
        List<String> lines = Files.readAllLines(SOURCE);
        String program = String.join("\n", lines.subList(2, lines.size()));

        assertThat(lines).hasSizeLessThan(25);
        assertThat(Files.readString(GUIDE)).contains("```java\n" + program + "\n```\n");
    }

    private static ByteBuffer message(int... numbers) {
        ByteBuffer message = ByteBuffer.allocate(4 + 4 * numbers.length).putInt(4 * numbers.length);
        for (int number : numbers) {
            message.putInt(number);
        }
        return message;
    }
}
