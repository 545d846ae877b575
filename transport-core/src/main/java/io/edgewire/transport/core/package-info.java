/** What the transports share and no user needs to see: send queues, timers and limits. */
@NullMarked
package io.edgewire.transport.core;

import org.jspecify.annotations.NullMarked;
