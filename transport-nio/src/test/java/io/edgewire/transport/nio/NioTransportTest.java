package io.edgewire.transport.nio;

import io.edgewire.testkit.transport.TransportEnvironment;
import io.edgewire.testkit.transport.TransportTck;

class NioTransportTest extends TransportTck {
    @Override
    protected TransportEnvironment newEnvironment() {
        return new NioEnvironment();
    }
}
