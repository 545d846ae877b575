package io.edgewire.client;

import io.edgewire.api.Backoff;
import io.edgewire.api.Transport;
import io.edgewire.api.event.ClientEvent;
import io.edgewire.server.SystemScheduler;
import io.edgewire.testkit.RecordingEvents;
import io.edgewire.transport.bio.BioTransport;
import io.edgewire.transport.nio.NioTransport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;

/** A client in real time that sends one number after the other from a thread of its own, for as long as it is let. */
final class Numbers implements AutoCloseable {
    final RecordingEvents events = new RecordingEvents();
    final Ledger ledger = new Ledger();

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final SystemScheduler scheduler = new SystemScheduler(Thread::new, failures::add);
    private final Transport transport;
    private final ReconnectingClient client;
    private final CompletableFuture<Void> sender = new CompletableFuture<>();
    private volatile boolean enough;

    Numbers(String kind, InetSocketAddress server) {
        transport = transport(kind);
        Dialer dialer = new Dialer(transport, scheduler, task -> new Thread(task).start());
        ClientOptions options = ClientOptions.to(server)
                .withBackoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(20), 0.5))
                .withSteady(Duration.ZERO)
                .withQueue(QueueOptions.DEFAULTS
                        .withRoom(50, 10_000)
                        .withPatience(Duration.ofMinutes(1))
                        .withWindow(20, Unproved.HOLD));
        client = new ReconnectingClient(options, dialer, () -> World.answers(this::answered), event -> {
            if (event instanceof ClientEvent.Disconnected) {
                events.accept(event);
            }
        });
    }

    static Transport transport(String kind) {
        return kind.equals("nio") ? NioTransport.create(event -> {}) : BioTransport.create(event -> {});
    }

    /** A refused number never has the client's; none is, within the patience. */
    private void answered(int number) {
        client.arrived(number);
    }

    void start() {
        client.start();
        new Thread(this::send, "sender").start();
    }

    private void send() {
        try {
            for (int number = 1; !enough; number++) {
                Outgoing message = client.send(NumberServer.bytes(number));
                Assertions.assertThat(message.number()).isEqualTo(number);
                ledger.sent(number, message);
            }
            sender.complete(null);
        } catch (RuntimeException | Error e) {
            sender.completeExceptionally(e);
        }
    }

    /** Sends no more, and waits for what became of all. */
    void stop() throws Exception {
        enough = true;
        sender.get(1, TimeUnit.MINUTES);
        client.stop(Duration.ofSeconds(30)).toCompletableFuture().get(1, TimeUnit.MINUTES);
    }

    @Override
    public void close() {
        enough = true;
        client.close();
        transport.close();
        scheduler.close();
        Assertions.assertThat(failures).isEmpty();
    }
}
