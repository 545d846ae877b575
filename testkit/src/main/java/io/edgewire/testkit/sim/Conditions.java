package io.edgewire.testkit.sim;

import java.time.Duration;
import java.util.Random;

/**
 * What the wires of one network do to bytes.
 *
 * @param longestDelay nanoseconds that a segment may be under way
 * @param largestSegment where a write is cut at the latest; each segment's size is drawn up to it
 * @param cuts whether segments are cut at drawn places at all
 * @param sendBuffer bytes that an end takes before they are under way, or 0 for what the connection's options say
 * @param receiveBuffer bytes that an end holds unread, those under way included
 * @param oddSizes whether reads and writes may move less than they could
 * @param stallPercent how often a wire pauses after a segment
 * @param longestStall nanoseconds of such a pause
 * @param resetDropsUnread whether an RST takes with it what had arrived, which systems do differently
 */
record Conditions(
        long longestDelay,
        int largestSegment,
        boolean cuts,
        int sendBuffer,
        int receiveBuffer,
        boolean oddSizes,
        int stallPercent,
        long longestStall,
        boolean resetDropsUnread) {
    private static final long[] DELAYS = {0, 50_000, 5_000_000, 400_000_000};
    private static final int[] SEGMENTS = {1, 2, 7, 100, 1460, 16_384};
    private static final int[] BUFFERS = {1, 16, 1000, 4096, 65_536};
    private static final int PLENTY = 128 * 1024;

    /** The loopback interface of a machine with nothing else to do. */
    static Conditions loopback() {
        return new Conditions(0, Integer.MAX_VALUE, false, 0, PLENTY, false, 0, 0, false);
    }

    static Conditions drawn(Random random) {
        return new Conditions(
                DELAYS[random.nextInt(DELAYS.length)],
                SEGMENTS[random.nextInt(SEGMENTS.length)],
                random.nextInt(8) > 0,
                BUFFERS[random.nextInt(BUFFERS.length)],
                BUFFERS[random.nextInt(BUFFERS.length)],
                random.nextBoolean(),
                random.nextInt(3) == 0 ? 1 + random.nextInt(5) : 0,
                Duration.ofSeconds(1 + random.nextInt(20)).toNanos(),
                random.nextBoolean());
    }

    int receiveBufferOfPeers() {
        return Math.min(receiveBuffer, 64 * 1024);
    }

    int sendBufferOfPeers() {
        return sendBuffer == 0 ? 2 * PLENTY : sendBuffer;
    }

    int sendBufferOf(int wanted) {
        if (sendBuffer > 0) {
            return sendBuffer;
        }
        return wanted == 0 ? PLENTY : wanted;
    }

    /** About how many bytes move at once. */
    int usualSegment() {
        int segment = cuts ? (largestSegment + 1) / 2 : PLENTY;
        return Math.min(segment, Math.min(receiveBuffer, sendBuffer == 0 ? PLENTY : sendBuffer));
    }

    @Override
    public String toString() {
        return (longestDelay == 0 ? "no delay" : "delays up to " + EventWords.of(Duration.ofNanos(longestDelay)))
                + (cuts ? ", segments of up to " + largestSegment + " bytes" : ", nothing cut")
                + ", kernel buffers of " + (sendBuffer == 0 ? "the usual size" : sendBuffer + " bytes to send")
                + " and " + receiveBuffer + " to receive"
                + (oddSizes ? ", partial reads and writes" : "")
                + (stallPercent > 0 ? ", stalls up to " + EventWords.of(Duration.ofNanos(longestStall)) : "");
    }
}
