package io.edgewire.client;

import io.edgewire.api.Backoff;
import io.edgewire.api.ConnectionOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;

/**
 * How a client keeps itself connected. Start with {@link #to}.
 *
 * @param name the client's name in events
 * @param dial whom it connects to, and how long one attempt may take
 * @param backoff the waits between attempts
 * @param steady how long a connection must last for the row of attempts to begin anew, zero or more: a server that
 *     takes every connection and closes it at once is a failed attempt, too
 * @param linkGrace how long a connection outlives the link of the station that the client follows, zero or more
 * @param queue how much it keeps
 */
public record ClientOptions(
        String name, DialOptions dial, Backoff backoff, Duration steady, Duration linkGrace, QueueOptions queue) {
    private static final int ROOM_FOR_FRAME = 4 * 1024;

    /** Checks the ranges. */
    public ClientOptions {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(dial, "dial");
        Objects.requireNonNull(backoff, "backoff");
        notNegative(steady, "steady");
        notNegative(linkGrace, "linkGrace");
        Objects.requireNonNull(queue, "queue");
    }

    /** A client of a name, which is looked up for each attempt, or of an address in digits; every default. */
    public static ClientOptions to(String host, int port) {
        return to(DialOptions.to(host, port));
    }

    /** A client of an address, with every default. */
    public static ClientOptions to(InetSocketAddress target) {
        return to(DialOptions.to(target));
    }

    /** A client with every default: named after its target, steady after 5 s, 10 s of grace for the link. */
    public static ClientOptions to(DialOptions dial) {
        return new ClientOptions(
                dial.text(),
                dial,
                Backoff.DEFAULTS,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                QueueOptions.DEFAULTS);
    }

    /** A copy with another name. */
    public ClientOptions withName(String other) {
        return new ClientOptions(other, dial, backoff, steady, linkGrace, queue);
    }

    /** A copy with other waits between attempts. */
    public ClientOptions withBackoff(Backoff other) {
        return new ClientOptions(name, dial, other, steady, linkGrace, queue);
    }

    /** A copy in which a connection must last for another time. */
    public ClientOptions withSteady(Duration least) {
        return new ClientOptions(name, dial, backoff, least, linkGrace, queue);
    }

    /** A copy with another grace for the station's link. */
    public ClientOptions withLinkGrace(Duration grace) {
        return new ClientOptions(name, dial, backoff, steady, grace, queue);
    }

    /** A copy that keeps more or less. */
    public ClientOptions withQueue(QueueOptions other) {
        return new ClientOptions(name, dial, backoff, steady, linkGrace, other);
    }

    /** The longest message: it must fit into the queue, and, framed, between the connection's high mark and its limit. */
    public int longestMessage() {
        ConnectionOptions limits = dial.connection();
        return Math.min(queue.bytes(), limits.sendLimit() - limits.sendHighMark() - ROOM_FOR_FRAME);
    }

    private static void notNegative(Duration value, String name) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be zero or more");
        }
    }
}
