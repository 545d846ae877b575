/** A transport on event loops over {@code java.nio} selectors. */
@NullMarked
package io.edgewire.transport.nio;

import org.jspecify.annotations.NullMarked;
