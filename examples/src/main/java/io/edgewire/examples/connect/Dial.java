package io.edgewire.examples.connect;

import io.edgewire.api.ConnectOptions;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.Transport;
import io.edgewire.server.Addresses;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Connects to one of a name's addresses: tries each in turn, each with its share of the time that is left.
 *
 * @param source our own end, as in {@link ConnectOptions#source()}
 * @param limit for all of them together
 */
public record Dial(List<InetSocketAddress> addresses, InetSocketAddress source, Duration limit) {
    /** Waits until the client is open, or tells what came of each attempt. */
    public Optional<String> connect(Transport transport, ProtocolFactory protocol, Client client) {
        List<String> failures = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < addresses.size(); i++) {
            Duration left = limit.minusNanos(System.nanoTime() - start);
            Duration share = left.dividedBy(addresses.size() - i);
            if (client.isInterrupted() || share.isNegative() || share.isZero()) {
                break;
            }
            InetSocketAddress address = addresses.get(i);
            transport.connect(ConnectOptions.to(address).withSource(source).withConnectTimeout(share), protocol);
            Optional<String> failure = client.awaitOpen();
            if (failure.isEmpty()) {
                return Optional.empty();
            }
            failures.add(Addresses.show(address) + ": " + failure.get());
        }
        return Optional.of(String.join("; ", failures));
    }
}
