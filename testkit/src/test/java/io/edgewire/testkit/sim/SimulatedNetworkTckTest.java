package io.edgewire.testkit.sim;

import io.edgewire.testkit.transport.TransportEnvironment;
import io.edgewire.testkit.transport.TransportTck;

/** The contract that real sockets keep. */
class SimulatedNetworkTckTest extends TransportTck {
    @Override
    protected TransportEnvironment newEnvironment() {
        return new SimulatedEnvironment();
    }
}
