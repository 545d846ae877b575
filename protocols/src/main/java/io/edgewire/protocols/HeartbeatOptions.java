package io.edgewire.protocols;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/**
 * How {@link Heartbeat} finds out whether the peer lives. Start with {@link #DEFAULTS}.
 *
 * @param role who asks
 * @param interval how long the peer may be silent before it is asked, 10 ms to 24 h
 * @param jitter by which part of it an interval may be shorter, drawn anew each time, 0 to 0.5: two thousand
 *     connections that opened together then do not ask together
 * @param maxMissed how many questions in a row may stay unanswered, each for an interval, 1 to 1000
 * @param ping the question, 1 to 256 bytes in UTF-8
 * @param pong the answer, likewise; neither begins with the other
 */
public record HeartbeatOptions(Role role, Duration interval, double jitter, int maxMissed, String ping, String pong) {
    static final Duration SHORTEST_INTERVAL = Duration.ofMillis(10);
    static final Duration LONGEST_INTERVAL = Duration.ofHours(24);
    static final int MOST_MISSED = 1000;

    static final double MOST_JITTER = 0.5;
    private static final int LONGEST_WORD = 256;

    // After the ranges, which its constructor needs.
    /** Asks after 15 seconds with {@code PING}, gives up after three unanswered; a tenth of jitter. */
    public static final HeartbeatOptions DEFAULTS =
            new HeartbeatOptions(Role.ASK, Duration.ofSeconds(15), 0.1, 3, "PING\n", "PONG\n");

    /** Who asks and who answers. */
    public enum Role {
        /** Asks a silent peer. */
        ASK,
        /** Answers the peer that asks. */
        ANSWER,
        /** Does both. */
        BOTH;

        boolean asks() {
            return this != ANSWER;
        }

        boolean answers() {
            return this != ASK;
        }
    }

    /** Checks the ranges, and that the words can be told apart. */
    public HeartbeatOptions {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(interval, "interval");
        require(
                interval.compareTo(SHORTEST_INTERVAL) >= 0 && interval.compareTo(LONGEST_INTERVAL) <= 0,
                "interval is " + interval + ", but must be from 10 ms to 24 h");
        require(jitter >= 0 && jitter <= MOST_JITTER, "jitter is " + jitter + ", but must be from 0 to 0.5");
        require(
                maxMissed >= 1 && maxMissed <= MOST_MISSED,
                "maxMissed is " + maxMissed + ", but must be 1 to " + MOST_MISSED);
        requireWord(ping, "ping");
        requireWord(pong, "pong");
        require(
                !ping.startsWith(pong) && !pong.startsWith(ping),
                "ping and pong must be told apart from their first bytes on, but one begins with the other");
        require(
                !LineEnd.cut(ping, true).equals(LineEnd.cut(pong, true)),
                "ping and pong must differ in more than their line ends, which they lose within a framing");
    }

    /** A copy with another role. */
    public HeartbeatOptions withRole(Role other) {
        return new HeartbeatOptions(other, interval, jitter, maxMissed, ping, pong);
    }

    /** A copy with another interval. */
    public HeartbeatOptions withInterval(Duration other) {
        return new HeartbeatOptions(role, other, jitter, maxMissed, ping, pong);
    }

    /** A copy with another jitter. */
    public HeartbeatOptions withJitter(double part) {
        return new HeartbeatOptions(role, interval, part, maxMissed, ping, pong);
    }

    /** A copy that allows another number of unanswered questions. */
    public HeartbeatOptions withMaxMissed(int questions) {
        return new HeartbeatOptions(role, interval, jitter, questions, ping, pong);
    }

    /** A copy with other words. */
    public HeartbeatOptions withWords(String question, String answer) {
        return new HeartbeatOptions(role, interval, jitter, maxMissed, question, answer);
    }

    private static void requireWord(String word, String name) {
        int length = Objects.requireNonNull(word, name).getBytes(StandardCharsets.UTF_8).length;
        require(
                length >= 1 && length <= LONGEST_WORD,
                name + " has " + length + " bytes in UTF-8, but must have 1 to " + LONGEST_WORD);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
