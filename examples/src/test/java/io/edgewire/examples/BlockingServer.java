package io.edgewire.examples;

import com.google.inject.AbstractModule;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.device.k230.K230Module;
import io.edgewire.server.Addresses;
import io.edgewire.server.Edgewire;
import io.edgewire.transport.bio.BioTransportModule;
import io.edgewire.transport.nio.NioTransportModule;
import io.edgewire.wiring.EdgewireConfig;
import io.edgewire.wiring.ProtocolBinder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;

/** A server whose handler does what no handler should: it waits for somebody at the keyboard. */
final class BlockingServer {
    private static final byte ENOUGH = 'q';

    private BlockingServer() {}

    public static void main(String[] args) throws Exception {
        EdgewireConfig config = EdgewireConfig.loader()
                .set("edgewire.server.protocol=blocking")
                .set("edgewire.server.port=0")
                .set("edgewire.server.transport=" + args[0])
                .set("edgewire.transport.nio.loops=1")
                .set("edgewire.transport." + args[0] + ".blocked-after=" + args[1])
                .load();
        CountDownLatch end = new CountDownLatch(1);
        AbstractModule own = new AbstractModule() {
            @Override
            protected void configure() {
                ProtocolBinder.of(binder()).bind("blocking").toProvider(() -> () -> new Blocking(end));
            }
        };
        try (Edgewire edgewire =
                Edgewire.start(config, new NioTransportModule(), new BioTransportModule(), new K230Module(), own)) {
            System.out.println("TCP server running on " + Addresses.show(edgewire.awaitListening()));
            end.await();
        }
    }

    private record Blocking(CountDownLatch end) implements ProtocolHandler {
        @Override
        public void onBytes(Connection connection, ByteBuffer in) {
            if (in.get(in.position()) == ENOUGH) {
                end.countDown();
                return;
            }
            waitForTheKeyboard();
            connection.send(in);
        }

        private static void waitForTheKeyboard() {
            try {
                System.in.read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
