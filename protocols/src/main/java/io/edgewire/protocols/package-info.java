/** Small protocols to use or to copy from: echo, heartbeat and framing. */
@NullMarked
package io.edgewire.protocols;

import org.jspecify.annotations.NullMarked;
