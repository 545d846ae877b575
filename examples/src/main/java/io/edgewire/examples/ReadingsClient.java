package io.edgewire.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgewire.api.event.EventSink;
import io.edgewire.client.ClientOptions;
import io.edgewire.client.Dialer;
import io.edgewire.client.ReconnectingClient;
import io.edgewire.server.EdgewireThreads;
import io.edgewire.server.SystemScheduler;
import io.edgewire.transport.nio.NioTransport;
import java.time.Duration;
import java.util.Scanner;

public final class ReadingsClient {
    public static void main(String[] args) {
        String host = args.length > 0 ? args[0] : "localhost";
        int port = args.length > 1 ? Integer.parseInt(args[1]) : 8080;
        EdgewireThreads threads = new EdgewireThreads("readings", Throwable::printStackTrace);
        try (SystemScheduler scheduler = new SystemScheduler(threads, Throwable::printStackTrace);
                NioTransport transport = NioTransport.create(EventSink.NONE)) {
            ReconnectingClient client = new ReconnectingClient(
                    ClientOptions.to(host, port),
                    new Dialer(
                            transport,
                            scheduler,
                            task -> threads.newThread(task).start()),
                    () -> (connection, in) -> System.out.println("server: " + UTF_8.decode(in)),
                    event -> System.out.println(event));
            client.start();
            Scanner lines = new Scanner(System.in, UTF_8);
            while (lines.hasNextLine()) {
                String line = lines.nextLine();
                client.send(line).outcome().thenAccept(outcome -> System.out.println(line + ": " + outcome));
            }
            client.stop(Duration.ofSeconds(10)).toCompletableFuture().join();
        }
    }
}
