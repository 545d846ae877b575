package io.edgewire.transport.bio;

import io.edgewire.testkit.transport.TransportEnvironment;
import io.edgewire.testkit.transport.TransportTck;
import io.edgewire.transport.bio.BioOptions.ThreadMode;

class TckOnPlatformThreadsTest extends TransportTck {
    @Override
    protected TransportEnvironment newEnvironment() {
        return new BioEnvironment(ThreadMode.PLATFORM);
    }
}
