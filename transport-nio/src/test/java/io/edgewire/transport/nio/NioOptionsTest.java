package io.edgewire.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NioOptionsTest {
    private static final NioOptions DEFAULTS = NioOptions.DEFAULTS;

    @Test
    void theAutomaticNumberOfLoopsIsOneACoreAndFourAtMost() {
        int cores = Runtime.getRuntime().availableProcessors();
        assertThat(DEFAULTS.loopCount()).isEqualTo(Math.min(4, cores));
        assertThat(DEFAULTS.withLoops(7).loopCount()).isEqualTo(7);
    }

    @Test
    void eachCopyChangesOneValue() {
        Duration second = Duration.ofSeconds(1);
        assertThat(DEFAULTS.withLoops(2)
                        .withSendBudget(9)
                        .withAcceptRetry(second, second)
                        .withShutdownLimit(second)
                        .withBlockedAfter(Duration.ZERO))
                .isEqualTo(new NioOptions(2, 9, second, second, second, Duration.ZERO));
    }

    @Test
    void valuesOutOfRangeAreNamed() {
        assertThatThrownBy(() -> DEFAULTS.withLoops(-1)).hasMessage("loops is -1, but must be 0 to 1024");
        assertThatThrownBy(() -> DEFAULTS.withSendBudget(0)).hasMessage("sendBudget is 0, but must be 1 or more");
        assertThatThrownBy(() -> DEFAULTS.withShutdownLimit(Duration.ZERO)).hasMessageContaining("shutdownLimit");
        assertThatThrownBy(() -> DEFAULTS.withBlockedAfter(Duration.ofSeconds(-1)))
                .hasMessage("blockedAfter is PT-1S, but must be zero or more");
        assertThatThrownBy(() -> DEFAULTS.withAcceptRetry(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("at least acceptRetryMin");
    }
}
