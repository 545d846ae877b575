package io.edgewire.api.event;

import io.edgewire.api.StopOutcome;
import java.net.InetSocketAddress;
import java.time.Duration;

/** What happened to a server. */
public sealed interface ServerEvent extends EdgeEvent {
    /**
     * A server accepts connections.
     *
     * @param server the server's name
     * @param address where
     */
    record Listening(String server, InetSocketAddress address) implements ServerEvent {}

    /**
     * The station came back at another address, and the server with it.
     *
     * @param server the server's name
     * @param from where it had been
     * @param to where it is now
     */
    record Moved(String server, InetSocketAddress from, InetSocketAddress to) implements ServerEvent {}

    /**
     * The station was lost for longer than the grace: the port is closed and its connections with it.
     *
     * @param server the server's name
     * @param address where it had been
     * @param connections how many connections were closed
     */
    record Suspended(String server, InetSocketAddress address, int connections) implements ServerEvent {}

    /**
     * A server could not listen; it tries again if a delay is given.
     *
     * @param server the server's name
     * @param cause why
     * @param retryIn when it tries again, or zero for never
     */
    record ListenFailed(String server, Throwable cause, Duration retryIn) implements ServerEvent {}

    /**
     * A server began to drain.
     *
     * @param server the server's name
     * @param connections how many connections are open
     * @param grace how long they have
     */
    record Stopping(String server, int connections, Duration grace) implements ServerEvent {}

    /**
     * A server has stopped.
     *
     * @param server the server's name
     * @param outcome how
     */
    record Stopped(String server, StopOutcome outcome) implements ServerEvent {}
}
