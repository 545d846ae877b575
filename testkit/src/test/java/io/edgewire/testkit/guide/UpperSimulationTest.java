package io.edgewire.testkit.guide;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.testkit.sim.Simulation;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class UpperSimulationTest {
    static final class Upper implements ProtocolHandler {
        @Override
        public void onBytes(Connection connection, ByteBuffer in) {
            connection.send(US_ASCII.decode(in).toString().toUpperCase(Locale.ROOT));
        }
    }

    @Test
    void howeverTcpCutsItTheAnswerIsTheSame() {
        Simulation.of(Upper::new)
                .client(peer -> {
                    peer.send("hello");
                    peer.expect("HELLO");
                })
                .seeds(100)
                .run();
    }
}
