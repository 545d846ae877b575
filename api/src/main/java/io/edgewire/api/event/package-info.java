/**
 * The one stream of events that the log, the counters and the tests are fed from. Events are immutable values and
 * carry no secrets and no payload.
 */
@NullMarked
package io.edgewire.api.event;

import org.jspecify.annotations.NullMarked;
