package io.edgewire.transport.bio;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** {@code ServerSocketChannel.accept}, which tests make fail as a system without descriptors does. */
@FunctionalInterface
interface AcceptCall {
    /** The next connection, or null if none waits. */
    @Nullable
    SocketChannel accept(ServerSocketChannel server) throws IOException;
}
