package io.edgewire.device.k230;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewire.api.Backoff;
import io.edgewire.testkit.Rule;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration FIRST = Duration.ofMillis(300);
    private static final Duration CAP = Duration.ofSeconds(1);

    private static IntFunction<Duration> of(double jitter, long seed) {
        Backoff backoff = new Backoff(FIRST, CAP, jitter);
        RandomGenerator random = new SplittableRandom(seed);
        return failures -> backoff.after(failures, random);
    }

    @Test
    @Rule("S-6")
    void doublesUpToTheCapAlsoAfterManyFailures() {
        IntFunction<Duration> backoff = of(0, 1);

        assertThat(backoff.apply(1)).isEqualTo(FIRST);
        assertThat(backoff.apply(2)).isEqualTo(Duration.ofMillis(600));
        assertThat(backoff.apply(3)).isEqualTo(CAP);
        assertThat(backoff.apply(Integer.MAX_VALUE)).isEqualTo(CAP);
    }

    @Test
    @Rule("S-6")
    void jitterShortensByItsShareAtMostAndDiffersFromBoardToBoard() {
        IntFunction<Duration> one = of(0.5, 1);
        IntFunction<Duration> other = of(0.5, 2);
        for (int i = 0; i < 1000; i++) {
            assertThat(one.apply(3)).isBetween(CAP.dividedBy(2), CAP);
        }

        assertThat(one.apply(3)).isNotEqualTo(other.apply(3));
    }

    @Test
    void itsOptionsCheckThemselves() {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, CAP, 0)).hasMessageContaining("first is zero");
        assertThatThrownBy(() -> new Backoff(CAP, FIRST, 0)).hasMessageContaining("cap is PT0.3S");
        assertThatThrownBy(() -> new Backoff(FIRST, CAP, 1.1)).hasMessageContaining("jitter is 1.1");
        assertThatThrownBy(() -> new Backoff(FIRST, CAP, Double.NaN)).hasMessageContaining("jitter is NaN");
    }
}
