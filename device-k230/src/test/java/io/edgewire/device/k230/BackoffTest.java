package io.edgewire.device.k230;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewire.testkit.Rule;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration FIRST = Duration.ofMillis(300);
    private static final Duration CAP = Duration.ofSeconds(1);

    private static Backoff of(double jitter, long seed) {
        return new Backoff(new BackoffOptions(FIRST, CAP, jitter), new SplittableRandom(seed));
    }

    @Test
    @Rule("S-6")
    void doublesUpToTheCapAlsoAfterManyFailures() {
        Backoff backoff = of(0, 1);

        assertThat(backoff.after(1)).isEqualTo(FIRST);
        assertThat(backoff.after(2)).isEqualTo(Duration.ofMillis(600));
        assertThat(backoff.after(3)).isEqualTo(CAP);
        assertThat(backoff.after(Integer.MAX_VALUE)).isEqualTo(CAP);
    }

    @Test
    @Rule("S-6")
    void jitterShortensByItsShareAtMostAndDiffersFromBoardToBoard() {
        Backoff one = of(0.5, 1);
        Backoff other = of(0.5, 2);
        for (int i = 0; i < 1000; i++) {
            assertThat(one.after(3)).isBetween(CAP.dividedBy(2), CAP);
        }

        assertThat(one.after(3)).isNotEqualTo(other.after(3));
    }

    @Test
    void itsOptionsCheckThemselves() {
        assertThatThrownBy(() -> new BackoffOptions(Duration.ZERO, CAP, 0)).hasMessageContaining("first is PT0S");
        assertThatThrownBy(() -> new BackoffOptions(CAP, FIRST, 0)).hasMessageContaining("cap is PT0.3S");
        assertThatThrownBy(() -> new BackoffOptions(FIRST, CAP, 1.1)).hasMessageContaining("jitter is 1.1");
        assertThatThrownBy(() -> new BackoffOptions(FIRST, CAP, Double.NaN)).hasMessageContaining("jitter is NaN");
    }
}
