package io.edgewire.examples.device;

import io.edgewire.api.Scheduler;
import io.edgewire.api.event.ClientEvent;
import io.edgewire.api.event.EdgeEvent;
import io.edgewire.client.ClientOptions;
import io.edgewire.client.Dialer;
import io.edgewire.client.Outcome;
import io.edgewire.client.Outgoing;
import io.edgewire.client.ReconnectingClient;
import io.edgewire.protocols.framing.Framing;
import io.edgewire.protocols.request.RequestException;
import io.edgewire.protocols.request.Requests;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Asks a device, over a connection that comes back: what is asked while it is away waits, within its limit of time, and
 * a subscription is made anew on each connection.
 */
public final class DeviceClient {
    private static final int MOST_REQUESTS = 16;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final ReconnectingClient client;
    private final Requests requests;
    private final IntConsumer temperatures;

    /**
     * A client that has not started.
     *
     * @param temperatures hears the temperature on each connection and whenever it changes, in tenths of a degree
     */
    public DeviceClient(ClientOptions options, Dialer dialer, Scheduler scheduler, IntConsumer temperatures) {
        this.temperatures = temperatures;
        requests = new Requests(MOST_REQUESTS, LIMIT, scheduler, this::send, this::noticed);
        client = new ReconnectingClient(
                options,
                dialer,
                () -> (connection, message) -> requests.received(message),
                Framing.lengthPrefix(4)::around,
                this::happened);
    }

    /** Begins to connect. */
    public void start() {
        client.start();
    }

    /** Ends in order, within the grace. */
    public CompletionStage<Void> stop(Duration grace) {
        return client.stop(grace);
    }

    /** The temperature now, in tenths of a degree. */
    public CompletionStage<Short> temperature() {
        return ask(DeviceRequests.READ, Board.THERMOMETER).thenApply(ByteBuffer::getShort);
    }

    /** Switches the heater. */
    public CompletionStage<Void> heat(boolean on) {
        return ask(DeviceRequests.SET, Board.HEATER, (byte) (on ? 1 : 0)).thenApply(reply -> null);
    }

    /** The message of a request is the client's; its reply proves that it has arrived. */
    private Runnable send(ByteBuffer message, Consumer<RequestException> lost) {
        Outgoing sent = client.send(message);
        sent.outcome().thenAccept(outcome -> {
            if (outcome == Outcome.NOT_SENT) {
                lost.accept(new RequestException(RequestException.Kind.NOT_SENT, "it was not sent"));
            } else if (outcome == Outcome.UNKNOWN) {
                lost.accept(new RequestException(RequestException.Kind.NO_ANSWER, "the connection was lost"));
            }
        });
        return () -> client.arrived(sent.number());
    }

    /** The device has forgotten us with the last connection. */
    private void happened(EdgeEvent event) {
        if (event instanceof ClientEvent.Connected) {
            ask(DeviceRequests.SUBSCRIBE, Board.THERMOMETER).thenAccept(now -> temperatures.accept(now.getShort()));
        }
    }

    private void noticed(ByteBuffer notice) {
        if (notice.get() == Board.THERMOMETER) {
            temperatures.accept(notice.getShort());
        }
    }

    private CompletionStage<ByteBuffer> ask(byte... body) {
        return requests.request(ByteBuffer.wrap(body));
    }

    /** The outcome of a request, for programs that wait. */
    static <T> T get(CompletionStage<T> reply) throws InterruptedException {
        try {
            return reply.toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
