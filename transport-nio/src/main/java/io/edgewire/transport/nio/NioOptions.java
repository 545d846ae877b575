package io.edgewire.transport.nio;

import io.edgewire.transport.core.SendBudget;
import java.time.Duration;
import java.util.Objects;

/**
 * What an {@link NioTransport} is made with. Start with {@link #DEFAULTS} and change what differs.
 *
 * @param loops event loops, each a thread: 1 or more, or 0 for one a core and at most {@value #MOST_AUTOMATIC_LOOPS}
 * @param sendBudget bytes that may wait in the send queues of all connections together before those that have some
 *     waiting are read no more, 1 or more
 * @param acceptRetryMin how long to wait after an {@code accept} that failed, more than zero
 * @param acceptRetryMax how long at most, the wait being doubled while it goes on failing
 * @param shutdownLimit how long {@code stop} and {@code close} wait for handlers that do not return, more than zero
 * @param blockedAfter how long a handler may take before it is told as
 *     {@link io.edgewire.api.event.ConnectionEvent.HandlerBlocked HandlerBlocked}, or zero for off
 */
public record NioOptions(
        int loops,
        long sendBudget,
        Duration acceptRetryMin,
        Duration acceptRetryMax,
        Duration shutdownLimit,
        Duration blockedAfter) {
    /** An automatic number of loops, a quarter of the heap, 100 ms to 1 s, 2 s, 1 s. */
    public static final NioOptions DEFAULTS = new NioOptions(
            0,
            SendBudget.quarterOfHeap(),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1));

    /** More loops than these rarely help: a loop moves some hundred thousand small messages a second. */
    static final int MOST_AUTOMATIC_LOOPS = 4;

    static final int MOST_LOOPS = 1024;

    /** Checks the ranges. */
    public NioOptions {
        if (loops < 0 || loops > MOST_LOOPS) {
            throw new IllegalArgumentException("loops is " + loops + ", but must be 0 to " + MOST_LOOPS);
        }
        if (sendBudget < 1) {
            throw new IllegalArgumentException("sendBudget is " + sendBudget + ", but must be 1 or more");
        }
        positive(acceptRetryMin, "acceptRetryMin");
        positive(acceptRetryMax, "acceptRetryMax");
        positive(shutdownLimit, "shutdownLimit");
        notNegative(blockedAfter, "blockedAfter");
        if (acceptRetryMax.compareTo(acceptRetryMin) < 0) {
            throw new IllegalArgumentException(
                    "acceptRetryMax is " + acceptRetryMax + ", but must be at least acceptRetryMin, " + acceptRetryMin);
        }
    }

    /** A copy with another number of loops. */
    public NioOptions withLoops(int count) {
        return new NioOptions(count, sendBudget, acceptRetryMin, acceptRetryMax, shutdownLimit, blockedAfter);
    }

    /** A copy with another send budget. */
    public NioOptions withSendBudget(long bytes) {
        return new NioOptions(loops, bytes, acceptRetryMin, acceptRetryMax, shutdownLimit, blockedAfter);
    }

    /** A copy with other waits after an {@code accept} that failed. */
    public NioOptions withAcceptRetry(Duration min, Duration max) {
        return new NioOptions(loops, sendBudget, min, max, shutdownLimit, blockedAfter);
    }

    /** A copy with another limit for handlers that do not return. */
    public NioOptions withShutdownLimit(Duration limit) {
        return new NioOptions(loops, sendBudget, acceptRetryMin, acceptRetryMax, limit, blockedAfter);
    }

    /** A copy with another time that a handler may take, or {@link Duration#ZERO} for off. */
    public NioOptions withBlockedAfter(Duration limit) {
        return new NioOptions(loops, sendBudget, acceptRetryMin, acceptRetryMax, shutdownLimit, limit);
    }

    /** The number of loops, with 0 resolved. */
    int loopCount() {
        return loops > 0
                ? loops
                : Math.min(MOST_AUTOMATIC_LOOPS, Runtime.getRuntime().availableProcessors());
    }

    private static void notNegative(Duration value, String name) {
        Objects.requireNonNull(value, name);
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be zero or more");
        }
    }

    private static void positive(Duration value, String name) {
        Objects.requireNonNull(value, name);
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be more than zero");
        }
    }
}
