/** A transport on blocking sockets, with one thread for each connection. */
@NullMarked
package io.edgewire.transport.bio;

import org.jspecify.annotations.NullMarked;
