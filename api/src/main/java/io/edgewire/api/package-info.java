/**
 * What a protocol, a transport and a server say to each other: {@link io.edgewire.api.Transport},
 * {@link io.edgewire.api.Connection}, {@link io.edgewire.api.ProtocolHandler} and their options.
 *
 * <p>The numbered rules (T-1 and so on) that the Javadoc refers to stand in {@code docs/spec/transport.md} and
 * {@code docs/spec/protocol.md}; {@code edgewire-testkit} checks them.
 */
@NullMarked
package io.edgewire.api;

import org.jspecify.annotations.NullMarked;
