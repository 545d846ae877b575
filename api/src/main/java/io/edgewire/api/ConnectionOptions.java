package io.edgewire.api;

import java.util.Objects;

/**
 * The limits of one connection. Start with {@link #DEFAULTS} and change what differs.
 *
 * @param timeouts how long it may wait for what
 * @param sendLowMark bytes in the send queue at which reading goes on and {@code onDrained} is called, 0 or more
 * @param sendHighMark bytes in the send queue above which the transport stops reading this connection, at least the low
 *     mark
 * @param sendLimit bytes that the send queue may hold, at least the high mark plus {@link #LARGEST_READ} plus 4 KiB for
 *     the answer's prefix
 * @param taskLimit timers and tasks that may wait, 1 or more
 * @param socketSendBuffer bytes for {@code SO_SNDBUF}, 4 KiB or more, or 0 for the kernel's own choice. Linux tells of
 *     free space only when a third of it is free, so a peer that takes less than a third in the write timeout looks
 *     stalled (tcp_sendmsg and sk_stream_write_space in the kernel's net/core/stream.c)
 */
public record ConnectionOptions(
        ConnectionTimeouts timeouts,
        int sendLowMark,
        int sendHighMark,
        int sendLimit,
        int taskLimit,
        int socketSendBuffer) {
    /** The most bytes that one {@code onBytes} brings: 64 KiB. */
    public static final int LARGEST_READ = 64 * 1024;

    /** Marks at 64 and 256 KiB, a limit of 1 MiB, 4,096 tasks, a socket send buffer of 128 KiB. */
    public static final ConnectionOptions DEFAULTS =
            new ConnectionOptions(ConnectionTimeouts.DEFAULTS, 64 * 1024, 256 * 1024, 1024 * 1024, 4096, 128 * 1024);

    private static final int ROOM_FOR_PREFIX = 4 * 1024;

    /** Checks the ranges. */
    public ConnectionOptions {
        Objects.requireNonNull(timeouts, "timeouts");
        Require.range(sendLowMark, 0, Integer.MAX_VALUE, "sendLowMark");
        Require.range(sendHighMark, sendLowMark, Integer.MAX_VALUE - LARGEST_READ - ROOM_FOR_PREFIX, "sendHighMark");
        Require.range(sendLimit, sendHighMark + LARGEST_READ + ROOM_FOR_PREFIX, Integer.MAX_VALUE, "sendLimit");
        Require.range(taskLimit, 1, Integer.MAX_VALUE, "taskLimit");
        if (socketSendBuffer != 0) {
            Require.range(socketSendBuffer, 4096, Integer.MAX_VALUE, "socketSendBuffer");
        }
    }

    /** A copy with other timeouts. */
    public ConnectionOptions withTimeouts(ConnectionTimeouts other) {
        return new ConnectionOptions(other, sendLowMark, sendHighMark, sendLimit, taskLimit, socketSendBuffer);
    }

    /** A copy with other marks and another limit of the send queue, in bytes. */
    public ConnectionOptions withSendQueue(int lowMark, int highMark, int limit) {
        return new ConnectionOptions(timeouts, lowMark, highMark, limit, taskLimit, socketSendBuffer);
    }

    /** A copy with another limit of timers and tasks that wait. */
    public ConnectionOptions withTaskLimit(int tasks) {
        return new ConnectionOptions(timeouts, sendLowMark, sendHighMark, sendLimit, tasks, socketSendBuffer);
    }

    /** A copy with another {@code SO_SNDBUF}. */
    public ConnectionOptions withSocketSendBuffer(int bytes) {
        return new ConnectionOptions(timeouts, sendLowMark, sendHighMark, sendLimit, taskLimit, bytes);
    }
}
