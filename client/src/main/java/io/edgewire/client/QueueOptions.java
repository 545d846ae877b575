package io.edgewire.client;

import java.time.Duration;
import java.util.Objects;

/**
 * How much a client keeps. What waits to be handed over is bounded by messages and bytes; as many bytes again may be
 * those that are handed over and not proved, which are kept so that the user can send them anew.
 *
 * @param messages how many may wait, 1 or more
 * @param bytes how many bytes of messages may wait, 1 or more
 * @param whenFull what happens to one too many
 * @param patience how long {@link WhenFull#WAIT} blocks at most, more than zero
 * @param window how many messages may be handed over and not proved, 1 or more: so many at most are
 *     {@link Outcome#UNKNOWN} when a connection is lost
 * @param unproved what happens when the window is full
 */
public record QueueOptions(
        int messages, int bytes, WhenFull whenFull, Duration patience, int window, Unproved unproved) {
    /** 1,000 messages or 1 MiB, refuse, 10 s; a window of 100, given up when it is full. */
    public static final QueueOptions DEFAULTS =
            new QueueOptions(1000, 1024 * 1024, WhenFull.REFUSE, Duration.ofSeconds(10), 100, Unproved.GIVE_UP);

    /** Checks the ranges. */
    public QueueOptions {
        positive(messages, "messages");
        positive(bytes, "bytes");
        Objects.requireNonNull(whenFull, "whenFull");
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("patience is " + patience + ", but must be more than zero");
        }
        positive(window, "window");
        Objects.requireNonNull(unproved, "unproved");
    }

    /** A copy that keeps another number of messages and bytes. */
    public QueueOptions withRoom(int mostMessages, int mostBytes) {
        return new QueueOptions(mostMessages, mostBytes, whenFull, patience, window, unproved);
    }

    /** A copy with another policy for one message too many. */
    public QueueOptions withWhenFull(WhenFull policy) {
        return new QueueOptions(messages, bytes, policy, patience, window, unproved);
    }

    /** A copy that makes callers wait for room, for so long at most. */
    public QueueOptions withPatience(Duration limit) {
        return new QueueOptions(messages, bytes, WhenFull.WAIT, limit, window, unproved);
    }

    /** A copy with another window. */
    public QueueOptions withWindow(int most, Unproved whenFullToo) {
        return new QueueOptions(messages, bytes, whenFull, patience, most, whenFullToo);
    }

    private static void positive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be 1 or more");
        }
    }
}
