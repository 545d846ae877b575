package io.edgewire.transport.bio;

import io.edgewire.testkit.transport.SocketTck;
import io.edgewire.testkit.transport.TransportEnvironment;
import io.edgewire.transport.bio.BioOptions.ThreadMode;

class BioSocketTest extends SocketTck {
    @Override
    protected TransportEnvironment newEnvironment() {
        return new BioEnvironment(ThreadMode.PLATFORM);
    }
}
