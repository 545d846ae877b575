/** Whole messages on top of a stream of bytes. */
@NullMarked
package io.edgewire.protocols.framing;

import org.jspecify.annotations.NullMarked;
