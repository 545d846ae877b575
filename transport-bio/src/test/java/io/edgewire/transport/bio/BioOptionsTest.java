package io.edgewire.transport.bio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.edgewire.transport.bio.BioOptions.ThreadMode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BioOptionsTest {
    private static final BioOptions DEFAULTS = BioOptions.DEFAULTS;

    @Test
    void eachCopyDiffersInOneValue() {
        BioOptions all = DEFAULTS.withThreads(ThreadMode.PLATFORM)
                .withStackSize(0)
                .withSendBudget(1)
                .withAcceptRetry(Duration.ofMillis(1))
                .withShutdownLimit(Duration.ofMillis(2))
                .withBlockedAfter(Duration.ofMillis(3))
                .withReadBuffer(8192);

        assertThat(all)
                .isEqualTo(new BioOptions(
                        ThreadMode.PLATFORM,
                        0,
                        1,
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        Duration.ofMillis(3),
                        8192));
    }

    @Test
    void whatIsOutOfRangeIsRefusedByName() {
        refused("stackSize", () -> DEFAULTS.withStackSize(1024));
        refused("sendBudget", () -> DEFAULTS.withSendBudget(0));
        refused("acceptRetry", () -> DEFAULTS.withAcceptRetry(Duration.ZERO));
        refused("shutdownLimit", () -> DEFAULTS.withShutdownLimit(Duration.ofSeconds(-1)));
        refused("blockedAfter", () -> DEFAULTS.withBlockedAfter(Duration.ofSeconds(-1)));
        refused("readBuffer", () -> DEFAULTS.withReadBuffer(100));
        refused("readBuffer", () -> DEFAULTS.withReadBuffer(64 * 1024 + 1));
    }

    private static void refused(String name, Runnable change) {
        assertThatIllegalArgumentException().isThrownBy(change::run).withMessageContaining(name);
    }
}
