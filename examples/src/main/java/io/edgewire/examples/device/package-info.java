/**
 * A device as others speak to it: read a sensor, set an output, subscribe to changes; server and client.
 *
 * <p>Messages have a length of four bytes before them (big-endian, not counting itself). Requests and replies are those
 * of {@link io.edgewire.protocols.request}, with these bodies:
 *
 * <pre>
 *   1 sensor            read       reply: the value, two bytes, in tenths of a degree
 *   2 output on         set        reply: nothing; on is 1 or 0
 *   3 sensor            subscribe  reply: the value now; each change is a notice: sensor, value
 * </pre>
 */
@NullMarked
package io.edgewire.examples.device;

import org.jspecify.annotations.NullMarked;
