package io.edgewire.protocols;

import io.edgewire.api.Clock;
import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.Timer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Wraps any handler and notices a peer that vanished without a word: asks it when it is silent, answers it when it
 * asks, and closes with {@link CloseReason#HEARTBEAT_LOST} when it stays silent.
 *
 * <p><b>Threads.</b> As any {@link ProtocolHandler}; time comes from {@link Connection#after}, so nothing overlaps.
 * {@link #roundTrips} may be read by any thread.
 *
 * <p><b>Lifecycle.</b> One instance a connection, like the handler that it wraps.
 *
 * <p><b>Failure.</b> What the wrapped handler throws passes through.
 *
 * <p>Within a framing its ping and pong are messages.
 *
 * <p><b>Rules.</b> H-1 to H-9.
 */
public final class Heartbeat implements ProtocolHandler {
    /** How long bytes that may become a ping or pong are kept back: longer than a lost segment takes to come again. */
    static final Duration HOLD = Duration.ofSeconds(2);

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ProtocolHandler inner;
    private final HeartbeatOptions options;
    private final RoundTrips roundTrips;
    private final SilenceWatch silence;
    /** As on a stream until {@code onOpen} tells whether they are messages. */
    private SignalWords words;

    private @Nullable Connection watched;
    private @Nullable Timer hold;

    /** A heartbeat around a handler, with figures of its own. */
    public Heartbeat(ProtocolHandler inner, HeartbeatOptions options, Clock clock) {
        this(inner, options, clock, new RoundTrips());
    }

    /**
     * A heartbeat around a handler.
     *
     * @param inner the conversation proper
     * @param clock tells how long the peer has been silent
     * @param roundTrips where the answers' times are added; several connections may share it
     */
    public Heartbeat(ProtocolHandler inner, HeartbeatOptions options, Clock clock, RoundTrips roundTrips) {
        this(
                inner,
                options,
                clock,
                roundTrips,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    private Heartbeat(
            ProtocolHandler inner,
            HeartbeatOptions options,
            Clock clock,
            RoundTrips roundTrips,
            DoubleSupplier chance) {
        this.inner = Objects.requireNonNull(inner, "inner");
        this.options = Objects.requireNonNull(options, "options");
        this.roundTrips = Objects.requireNonNull(roundTrips, "roundTrips");
        this.silence = new SilenceWatch(options, Objects.requireNonNull(clock, "clock"), chance, roundTrips);
        this.words = new SignalWords(options, false);
    }

    /** Puts a heartbeat around each handler that a factory makes. */
    public static ProtocolFactory factory(ProtocolFactory inner, HeartbeatOptions options, Clock clock) {
        return () -> new Heartbeat(inner.newHandler(), options, clock);
    }

    /**
     * As the other, with a given source of jitter, for tests that are to come out the same each time.
     *
     * @param chance from 0, inclusive, to 1
     */
    public static ProtocolFactory factory(
            ProtocolFactory inner, HeartbeatOptions options, Clock clock, DoubleSupplier chance) {
        Objects.requireNonNull(chance, "chance");
        return () -> new Heartbeat(inner.newHandler(), options, clock, new RoundTrips(), chance);
    }

    /** How long the peer's answers took. */
    public RoundTrips roundTrips() {
        return roundTrips;
    }

    @Override
    public void onOpen(Connection connection) {
        words = new SignalWords(options, connection.framed());
        silence.start(connection, words);
        inner.onOpen(watched(connection));
    }

    @Override
    public void onBytes(Connection connection, ByteBuffer in) {
        silence.heard();
        if (connection.framed()) {
            onMessage(connection, in);
        } else {
            onRead(connection, in);
        }
    }

    private void onMessage(Connection connection, ByteBuffer message) {
        if (options.role().answers() && message.equals(words.ping())) {
            connection.send(words.pong());
        } else if (silence.expectsAnswer() && message.equals(words.pong())) {
            silence.answered();
        } else {
            inner.onBytes(watched(connection), message);
        }
    }

    private void onRead(Connection connection, ByteBuffer in) {
        while (in.hasRemaining()) {
            SignalWords.Front front = words.take(in, options.role().answers(), silence.expectsAnswer());
            if (front == SignalWords.Front.BEGINNING) {
                holdBack(connection);
                return;
            }
            endHold();
            switch (front) {
                case PING -> connection.send(words.pong());
                case PONG -> silence.answered();
                default -> {
                    inner.onBytes(watched(connection), words.release(in));
                    return;
                }
            }
        }
    }

    @Override
    public void onPeerClosed(Connection connection) {
        silence.stop();
        release(connection);
        inner.onPeerClosed(watched(connection));
    }

    /** The transport had stopped reading while the peer took nothing: its silence begins now. */
    @Override
    public void onDrained(Connection connection) {
        silence.resumed();
        inner.onDrained(watched(connection));
    }

    @Override
    public void onStopping(Connection connection) {
        release(connection);
        inner.onStopping(watched(connection));
    }

    @Override
    public void onClosed(Connection connection, CloseReason reason) {
        inner.onClosed(watched(connection), reason);
    }

    /** Bytes that may be the beginning of a word must not wait for ever for the rest: a person may have typed them. */
    private void holdBack(Connection connection) {
        if (hold == null) {
            hold = connection.after(HOLD, () -> giveUpHolding(connection));
        }
    }

    private void giveUpHolding(Connection connection) {
        hold = null;
        if (connection.reading()) {
            release(connection);
        } else {
            holdBack(connection);
        }
    }

    private void release(Connection connection) {
        endHold();
        if (words.isHolding()) {
            inner.onBytes(watched(connection), words.release(NOTHING));
        }
    }

    private void endHold() {
        if (hold != null) {
            hold.cancel();
            hold = null;
        }
    }

    private Connection watched(Connection connection) {
        Connection result = watched;
        if (result == null) {
            result = new ResumeWatch(connection, silence::resumed);
            watched = result;
        }
        return result;
    }
}
