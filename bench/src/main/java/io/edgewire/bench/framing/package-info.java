/** Our framings beside Netty's codecs: the same frames, and how fast. */
@NullMarked
package io.edgewire.bench.framing;

import org.jspecify.annotations.NullMarked;
