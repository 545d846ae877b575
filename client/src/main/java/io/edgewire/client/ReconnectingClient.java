package io.edgewire.client;

import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.event.ClientEvent;
import io.edgewire.api.event.EventSink;
import io.edgewire.api.wlan.Station;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Keeps a connection to one server for as long as it lives: connects, waits and tries again when it cannot or when the
 * connection is lost, sends messages in the order in which it took them, and says of each what became of it
 * ({@link Outcome}). It never sends one twice.
 *
 * <pre>{@code
 * ReconnectingClient client = new ReconnectingClient(
 *         ClientOptions.to("logger.local", 8080), dialer, Answers::new, Framing.line()::around, events);
 * client.start();
 * client.send("21.5 C").outcome().thenAccept(outcome -> …);
 * }</pre>
 *
 * <p>A message is what one {@code send} gives: where the layers have a framing, the server gets it whole; without one,
 * the bytes go into the stream as they are. A heartbeat is a layer, too: its loss is a lost connection.
 *
 * <p><b>Threads.</b> Every method from any thread. It has no thread of its own: it lives on the scheduler of its
 * {@link Dialer}, where events are told and outcomes completed, and the handlers live on the transport's.
 *
 * <p><b>Lifecycle.</b> Created is not started, but {@code send} may begin. {@link #stop} and {@link #close} are final and
 * idempotent; close the client before its scheduler and transport.
 *
 * <p><b>Failure.</b> Told by events and outcomes; no method throws for the state of the network.
 *
 * <p><b>Rules.</b> R-1 to R-14.
 */
public final class ReconnectingClient implements AutoCloseable {
    private final ClientOptions options;
    private final Dialer dialer;
    private final ClientLife life;
    /** Whether the scheduler was asked to look into the queue, and has not done so yet. */
    private final AtomicBoolean pumpDue = new AtomicBoolean();
    /** Set before the start. */
    private volatile Optional<Station> station = Optional.empty();

    /** A client whose messages are the bytes as they are. */
    public ReconnectingClient(ClientOptions options, Dialer dialer, ProtocolFactory protocol, EventSink events) {
        this(options, dialer, protocol, UnaryOperator.identity(), events);
    }

    /** A client with layers, such as a framing and a heartbeat. */
    public ReconnectingClient(
            ClientOptions options,
            Dialer dialer,
            ProtocolFactory protocol,
            UnaryOperator<ProtocolFactory> layers,
            EventSink events) {
        this(
                options,
                dialer,
                protocol,
                layers,
                events,
                () -> ThreadLocalRandom.current().nextLong());
    }

    /**
     * A client that has not started.
     *
     * @param dialer connects, and has the scheduler that the client lives on
     * @param protocol makes the handler of each connection: what the server says goes there, and what it sends itself, a
     *     login in {@code onOpen} say, goes before what waits
     * @param layers what stands between messages and the stream: puts a framing, a heartbeat, or both around the
     *     handlers of a factory
     * @param events hears what the client does, on the scheduler
     * @param jitter shortens the waits between attempts
     */
    public ReconnectingClient(
            ClientOptions options,
            Dialer dialer,
            ProtocolFactory protocol,
            UnaryOperator<ProtocolFactory> layers,
            EventSink events,
            RandomGenerator jitter) {
        this.options = Objects.requireNonNull(options, "options");
        this.dialer = Objects.requireNonNull(dialer, "dialer");
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(layers, "layers");
        life = new ClientLife(
                options,
                dialer,
                client -> layers.apply(() -> new Link(client, protocol.newHandler())),
                Objects.requireNonNull(jitter, "jitter"),
                Objects.requireNonNull(events, "events"));
    }

    /**
     * Ties the client to a station, before the start: while it is not up no attempt is made and no message handed over;
     * when it comes up one is made at once. The connection outlives the link for the grace that the options give, and is
     * aborted with LINK_LOST after it, or if the station comes back at another address. The station is neither joined nor
     * closed by this.
     */
    public ReconnectingClient follow(Station of) {
        station = Optional.of(Objects.requireNonNull(of, "station"));
        return this;
    }

    /** Begins to connect. Idempotent. */
    public void start() {
        life.tell(() -> life.begin(station));
    }

    /** The last event that is a state: any but {@link ClientEvent.Disconnected}. Empty before the start. */
    public Optional<ClientEvent> state() {
        return life.state;
    }

    /**
     * Takes a message, to be handed over when it is its turn. Its bytes are copied, so the caller may reuse the buffer at
     * once.
     *
     * @param message the bytes between position and limit, up to {@link ClientOptions#longestMessage()}
     * @return the message and what becomes of it; with number 0 and {@link Outcome#NOT_SENT} if it was refused
     * @throws IllegalArgumentException if it is longer than that
     * @throws IllegalStateException if the policy is {@link WhenFull#WAIT} and this is called within a callback of this
     *     client: its handlers', its events', or what depends on an outcome
     */
    public Outgoing send(ByteBuffer message) {
        if (message.remaining() > options.longestMessage()) {
            throw new IllegalArgumentException("the message has " + message.remaining() + " bytes, but may have "
                    + options.longestMessage() + ": see ClientOptions.longestMessage()");
        }
        if (options.queue().whenFull() == WhenFull.WAIT && life.isCalling()) {
            throw new IllegalStateException("send was called within a callback, where it must not wait for room:"
                    + " call it on another thread, or choose REFUSE or DROP_OLDEST");
        }
        List<Outgoing> dropped = new ArrayList<>(0);
        Outgoing outgoing = life.waiting.offer(message, dropped);
        if (outgoing.number() == 0) {
            outgoing.ended(Outcome.NOT_SENT);
            return outgoing;
        }
        if (!dropped.isEmpty()) {
            life.tell(() -> dropped.forEach(old -> old.ended(Outcome.NOT_SENT)));
        }
        if (pumpDue.compareAndSet(false, true)) {
            life.tell(() -> {
                pumpDue.set(false);
                life.pump();
            });
        }
        return outgoing;
    }

    /** Takes a text in UTF-8. */
    public Outgoing send(String message) {
        return send(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Says that the server has answered a message, and so has it: it is {@link Outcome#SENT}, and with it all that were
     * handed over to the same connection before, because TCP keeps the order. To be called when the answer comes, in
     * {@code onBytes}; one that comes when the connection is lost already changes nothing.
     *
     * @param number the message's
     */
    public void arrived(long number) {
        life.tell(() -> life.proved(number));
    }

    /**
     * Takes no more messages, hands over those that wait, and closes in order; with {@link Unproved#HOLD} it waits for
     * the proofs, too. What is not done when the grace is over is given up; the connection's close timeout comes on top.
     *
     * @return completes on the scheduler when every message has its outcome and the client has closed
     */
    public CompletionStage<Void> stop(Duration grace) {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace is " + grace + ", but must be zero or more");
        }
        life.tell(() -> life.stop(grace));
        return life.ended.minimalCompletionStage();
    }

    /** Gives up what waits and closes in order; does not wait for that. */
    @Override
    public void close() {
        life.tell(() -> life.stop(Duration.ZERO));
    }

    @Override
    public String toString() {
        return options.name() + ": " + life.state.map(ClientEvent::toString).orElse("not started");
    }
}
