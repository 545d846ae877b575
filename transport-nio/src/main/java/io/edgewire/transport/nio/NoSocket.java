package io.edgewire.transport.nio;

import io.edgewire.transport.core.LoopChannel;
import java.nio.ByteBuffer;

/** In the place of a socket that could not even be made. */
enum NoSocket implements LoopChannel {
    INSTANCE;

    @Override
    public int read(ByteBuffer into) {
        return -1;
    }

    @Override
    public int write(ByteBuffer from) {
        return 0;
    }

    @Override
    public void shutdownOutput() {}

    @Override
    public void close() {}

    @Override
    public void reset() {}

    @Override
    public void interest(boolean read, boolean write) {}

    @Override
    public int receiveBuffer() {
        return 0;
    }
}
