/**
 * The contract tests of transports (T-1 to T-16, C-1 to C-29, P-1 and P-2 of {@code docs/spec}): extend
 * {@link io.edgewire.testkit.transport.TransportTck} and give it a
 * {@link io.edgewire.testkit.transport.TransportEnvironment}; for sockets, a
 * {@link io.edgewire.testkit.transport.SocketEnvironment}.
 *
 * <p>Time is manual throughout: no test waits for a timer.
 */
@NullMarked
package io.edgewire.testkit.transport;

import org.jspecify.annotations.NullMarked;
