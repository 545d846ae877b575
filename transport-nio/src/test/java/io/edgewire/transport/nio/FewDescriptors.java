package io.edgewire.transport.nio;

import io.edgewire.api.ListenOptions;
import io.edgewire.api.Listener;
import io.edgewire.api.event.ConnectionEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** An echo server in a process of its own: tells its port, then each accept that fails; ends with its input. */
final class FewDescriptors {
    private FewDescriptors() {}

    public static void main(String[] args) throws Exception {
        // Loaded now, for a class directory needs a descriptor for each class, and there will be none.
        Class.forName(ConnectionEvent.AcceptFailed.class.getName());
        try (NioTransport transport = NioTransport.create(event -> {
                    if (event instanceof ConnectionEvent.AcceptFailed) {
                        System.out.println("accept failed");
                    }
                });
                Listener listener = transport.listen(
                        ListenOptions.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                        NioServer.echo())) {
            System.out.println(listener.address().getPort());
            System.in.read();
        }
    }
}
