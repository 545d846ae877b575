/**
 * Clients: {@link io.edgewire.client.Dialer} connects by name or address, {@link io.edgewire.client.ReconnectingClient}
 * keeps a connection and says of each message what became of it. The numbered rules stand in
 * {@code docs/spec/client.md}.
 */
@NullMarked
package io.edgewire.client;

import org.jspecify.annotations.NullMarked;
