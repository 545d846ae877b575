package io.edgewire.examples.device;

import io.edgewire.api.ListenOptions;
import io.edgewire.api.Listener;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.Transport;
import io.edgewire.api.event.EventSink;
import io.edgewire.protocols.framing.Framing;
import io.edgewire.protocols.request.RequestServer;
import io.edgewire.server.Addresses;
import io.edgewire.transport.bio.BioTransport;
import io.edgewire.transport.nio.NioTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Serves the board on the loopback interface: {@code DeviceServer [port [nio|bio]]}. Enter ends it. */
public final class DeviceServer {
    private static final int MOST_REQUESTS = 16;

    private DeviceServer() {}

    public static void main(String[] args) throws IOException {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
        Board board = new Board();
        ProtocolFactory requests = () -> new RequestServer(new DeviceRequests(board), MOST_REQUESTS);
        try (Transport transport = transport(args.length > 1 ? args[1] : "nio")) {
            Listener listener = transport.listen(
                    ListenOptions.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
                    Framing.lengthPrefix(4).around(requests));
            System.out.println("TCP server running on " + Addresses.show(listener.address()));
            System.in.read();
            listener.stop(Duration.ofSeconds(5));
        }
    }

    static Transport transport(String name) {
        return name.equals("bio") ? BioTransport.create(EventSink.NONE) : NioTransport.create(EventSink.NONE);
    }
}
