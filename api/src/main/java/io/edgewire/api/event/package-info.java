/**
 * The one stream of events that the log, the counters and the tests are fed from. Events are immutable values and
 * carry no secrets and no payload, with one exception: the detail of a connection that was closed for a
 * {@linkplain io.edgewire.api.CloseReason#PROTOCOL_ERROR broken protocol} may show the few bytes that broke it.
 */
@NullMarked
package io.edgewire.api.event;

import org.jspecify.annotations.NullMarked;
