package io.edgewire.transport.bio;

import io.edgewire.testkit.transport.TransportEnvironment;
import io.edgewire.testkit.transport.TransportTck;
import io.edgewire.transport.bio.BioOptions.ThreadMode;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@EnabledForJreRange(min = JRE.JAVA_21)
class TckOnVirtualThreadsTest extends TransportTck {
    @Override
    protected TransportEnvironment newEnvironment() {
        return new BioEnvironment(ThreadMode.VIRTUAL);
    }
}
