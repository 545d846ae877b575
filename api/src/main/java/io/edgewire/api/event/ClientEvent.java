package io.edgewire.api.event;

import io.edgewire.api.CloseReason;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * What a client that keeps itself connected does: each event but {@link Disconnected} is also the state that it is in
 * from then on.
 *
 * <pre>
 *              no link          link                failed
 *   ┌──────▶ Paused ───────▶ Connecting(attempt) ──────────▶ Waiting(attempt, delay, why)
 *   │           ▲             ▲   │                             │      │
 *   │           │ no link     │   │                             │      │ no link
 *   │           │             └───┼─────────────────────────────┘      ▼
 *   │      Disconnected ◀──── Connected                             Paused
 *   │           │
 *   │           └───────────▶ Waiting
 *   └ start                              from any, at the end: Closed
 * </pre>
 */
public sealed interface ClientEvent extends EdgeEvent {
    /** The client's name. */
    String client();

    /**
     * It tries to connect.
     *
     * @param client the client's name
     * @param attempt which attempt in a row, from 1; the loss of a connection that did not last counts as a failed one
     */
    record Connecting(String client, int attempt) implements ClientEvent {}

    /**
     * It is connected.
     *
     * @param client the client's name
     * @param id the connection's number
     * @param local our end
     * @param remote the server
     */
    record Connected(String client, long id, InetSocketAddress local, InetSocketAddress remote)
            implements ClientEvent {}

    /**
     * Its connection has ended. What follows says what it does now.
     *
     * @param client the client's name
     * @param id the connection's number
     * @param remote the server
     * @param reason the first cause
     * @param detail the kernel's or the handler's words for people, or empty
     * @param unknown how many messages were handed over to it and may or may not have arrived
     */
    record Disconnected(
            String client, long id, InetSocketAddress remote, CloseReason reason, String detail, int unknown)
            implements ClientEvent {}

    /**
     * It waits before it tries again.
     *
     * @param client the client's name
     * @param attempt which attempt in a row will follow
     * @param delay how long it waits
     * @param why the last failure, in words for people
     */
    record Waiting(String client, int attempt, Duration delay, String why) implements ClientEvent {}

    /**
     * The station that it follows is not up, so it does not try.
     *
     * @param client the client's name
     */
    record Paused(String client) implements ClientEvent {}

    /**
     * It has ended, for good.
     *
     * @param client the client's name
     * @param notSent how many messages were still waiting and were never handed over
     */
    record Closed(String client, int notSent) implements ClientEvent {}
}
