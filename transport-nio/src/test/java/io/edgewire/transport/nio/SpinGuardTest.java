package io.edgewire.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.testkit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpinGuardTest {
    private final ManualClock clock = new ManualClock();
    private final SpinGuard guard = new SpinGuard(clock);

    @Test
    void manyPrematureReturnsInARowAskForANewSelector() {
        assertThat(premature(SpinGuard.TOO_MANY - 1)).isFalse();
        assertThat(guard.premature()).isTrue();
    }

    @Test
    void aReasonInBetweenStartsTheCountAnew() {
        premature(SpinGuard.TOO_MANY - 1);
        guard.justified();
        assertThat(premature(SpinGuard.TOO_MANY - 1)).isFalse();
        assertThat(guard.premature()).isTrue();
    }

    @Test
    void slowOnesAreNoSpinning() {
        for (int i = 0; i < 10 * SpinGuard.TOO_MANY; i++) {
            clock.advance(Duration.ofMillis(10));
            assertThat(guard.premature()).isFalse();
        }
    }

    @Test
    void aSelectorThatSpinsWhenNewIsNotMadeAnewAllTheTime() {
        premature(SpinGuard.TOO_MANY);
        assertThat(premature(5 * SpinGuard.TOO_MANY)).isFalse();
        clock.advance(Duration.ofMinutes(1));
        assertThat(premature(SpinGuard.TOO_MANY)).isTrue();
    }

    private boolean premature(int times) {
        boolean rebuild = false;
        for (int i = 0; i < times; i++) {
            rebuild |= guard.premature();
        }
        return rebuild;
    }
}
