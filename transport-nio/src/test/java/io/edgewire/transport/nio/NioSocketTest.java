package io.edgewire.transport.nio;

import io.edgewire.testkit.transport.SocketTck;
import io.edgewire.testkit.transport.TransportEnvironment;

class NioSocketTest extends SocketTck {
    @Override
    protected TransportEnvironment newEnvironment() {
        return new NioEnvironment();
    }
}
