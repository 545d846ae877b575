package com.example.calculator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgewire.device.k230.K230Module;
import io.edgewire.server.Edgewire;
import io.edgewire.transport.nio.NioTransportModule;
import io.edgewire.wiring.EdgewireConfig;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** The same protocol over a real socket, wired from configuration. */
class ServedTest {
    @Test
    void theCalculatorIsServed() throws Exception {
        EdgewireConfig config = EdgewireConfig.loader()
                .set("edgewire.server.protocol=calculator")
                .set("edgewire.server.port=0")
                .load();
        try (Edgewire edgewire =
                Edgewire.start(config, new NioTransportModule(), new K230Module(), new CalculatorModule())) {
            InetSocketAddress address = edgewire.awaitListening();
            try (Socket client = new Socket(address.getAddress(), address.getPort())) {
                client.getOutputStream().write("20 22\n".getBytes(US_ASCII));
                assertEquals("42\n", new String(client.getInputStream().readNBytes(3), US_ASCII));
            }
        }
    }
}
