package io.edgewire.transport.nio;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Whence an {@link Acceptor} has its connections: a listening socket, or what a test puts in its place. */
@FunctionalInterface
interface AcceptSource {
    /** The next connection, or null if none waits. */
    @Nullable
    SocketChannel accept() throws IOException;
}
