package io.edgewire.transport.bio;

import io.edgewire.api.ConnectionOptions;
import io.edgewire.transport.core.SendBudget;
import java.time.Duration;
import java.util.Objects;

/**
 * How a {@link BioTransport} behaves as a whole; the limits of a connection are in {@link ConnectionOptions}. Start
 * with {@link #DEFAULTS} and change what differs.
 *
 * @param threads what kind of threads {@link Threads#perConnection} makes
 * @param stackSize bytes of stack of a platform thread, 16 KiB or more, or 0 for the JVM's own choice
 * @param sendBudget bytes that all send queues together may hold before connections with something queued are read no
 *     longer, 1 or more
 * @param acceptRetry how long a listener waits after an {@code accept} that failed, more than zero
 * @param shutdownLimit how long {@code stop} and {@code close} wait for handlers that are blocked, more than zero; by
 *     the machine's clock, because it is their threads that are waited for
 * @param blockedAfter how long a handler may take before it is told as
 *     {@link io.edgewire.api.event.ConnectionEvent.HandlerBlocked HandlerBlocked}, or zero for off
 * @param readBuffer the most bytes that one {@code onBytes} brings, 4 KiB to {@link ConnectionOptions#LARGEST_READ}
 */
public record BioOptions(
        ThreadMode threads,
        int stackSize,
        long sendBudget,
        Duration acceptRetry,
        Duration shutdownLimit,
        Duration blockedAfter,
        int readBuffer) {
    /** Threads as the JVM offers, stacks of 256 KiB, a quarter of the heap, 200 ms, 2 s, 1 s, 64 KiB. */
    public static final BioOptions DEFAULTS = new BioOptions(
            ThreadMode.AUTO,
            256 * 1024,
            SendBudget.quarterOfHeap(),
            Duration.ofMillis(200),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            ConnectionOptions.LARGEST_READ);

    private static final int SMALLEST_STACK = 16 * 1024;

    /** What carries a connection. */
    public enum ThreadMode {
        /** Virtual threads where they do not pin their carrier (Java 24 and newer), platform threads elsewhere. */
        AUTO,
        /** Platform threads. */
        PLATFORM,
        /** Virtual threads; an error on a JVM that has none. */
        VIRTUAL
    }

    /** Checks the ranges. */
    public BioOptions {
        Objects.requireNonNull(threads, "threads");
        if (stackSize != 0) {
            atLeast(stackSize, SMALLEST_STACK, "stackSize");
        }
        atLeast(sendBudget, 1, "sendBudget");
        positive(acceptRetry, "acceptRetry");
        positive(shutdownLimit, "shutdownLimit");
        notNegative(blockedAfter, "blockedAfter");
        atLeast(readBuffer, Buffers.SMALL, "readBuffer");
        if (readBuffer > ConnectionOptions.LARGEST_READ) {
            throw new IllegalArgumentException(
                    "readBuffer is " + readBuffer + ", but must be at most " + ConnectionOptions.LARGEST_READ);
        }
    }

    /** A copy with another kind of threads. */
    public BioOptions withThreads(ThreadMode mode) {
        return new BioOptions(mode, stackSize, sendBudget, acceptRetry, shutdownLimit, blockedAfter, readBuffer);
    }

    /** A copy with another stack size, in bytes. */
    public BioOptions withStackSize(int bytes) {
        return new BioOptions(threads, bytes, sendBudget, acceptRetry, shutdownLimit, blockedAfter, readBuffer);
    }

    /** A copy with another budget of all send queues, in bytes. */
    public BioOptions withSendBudget(long bytes) {
        return new BioOptions(threads, stackSize, bytes, acceptRetry, shutdownLimit, blockedAfter, readBuffer);
    }

    /** A copy with another wait after an {@code accept} that failed. */
    public BioOptions withAcceptRetry(Duration wait) {
        return new BioOptions(threads, stackSize, sendBudget, wait, shutdownLimit, blockedAfter, readBuffer);
    }

    /** A copy with another limit of waiting for blocked handlers. */
    public BioOptions withShutdownLimit(Duration limit) {
        return new BioOptions(threads, stackSize, sendBudget, acceptRetry, limit, blockedAfter, readBuffer);
    }

    /** A copy with another time that a handler may take, or {@link Duration#ZERO} for off. */
    public BioOptions withBlockedAfter(Duration limit) {
        return new BioOptions(threads, stackSize, sendBudget, acceptRetry, shutdownLimit, limit, readBuffer);
    }

    /** A copy with another largest read, in bytes. */
    public BioOptions withReadBuffer(int bytes) {
        return new BioOptions(threads, stackSize, sendBudget, acceptRetry, shutdownLimit, blockedAfter, bytes);
    }

    private static void atLeast(long value, long least, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be " + least + " or more");
        }
    }

    private static void notNegative(Duration value, String name) {
        Objects.requireNonNull(value, name);
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be zero or more");
        }
    }

    private static void positive(Duration value, String name) {
        Objects.requireNonNull(value, name);
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be more than zero");
        }
    }
}
