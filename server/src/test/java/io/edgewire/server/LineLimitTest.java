package io.edgewire.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.testkit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LineLimitTest {
    private static final Duration WINDOW = Duration.ofSeconds(1);

    private final ManualClock clock = new ManualClock();
    private final LineLimit limit = new LineLimit(clock, WINDOW, 2);

    @Test
    void whatIsTooMuchInAWhileIsCountedByItsKind() {
        for (int i = 1; i <= 4; i++) {
            assertThat(limit.admits("reads")).isEqualTo(i <= 2);
        }
        assertThat(limit.admits("connected")).isTrue();
        assertThat(limit.admits("connected")).isTrue();
        assertThat(limit.admits("connected")).isFalse();
        clock.advance(WINDOW.minusNanos(1));
        assertThat(limit.summary()).isEmpty();
        clock.advance(Duration.ofNanos(1));
        assertThat(limit.summary()).contains("... and not shown one by one: 1 connected, 2 reads");
        assertThat(limit.admits("reads")).isTrue();
    }

    @Test
    void aLineThatTellsOfManyIsCountedAsThatMany() {
        assertThat(limit.admits("lost", 100)).isTrue();
        assertThat(limit.admits("lost", 10)).isTrue();
        assertThat(limit.admits("lost", 5)).isFalse();
        assertThat(limit.admits("lost", 3)).isFalse();
        assertThat(limit.takeSummary()).contains("... and not shown one by one: 8 lost");
    }

    @Test
    void aQuietWhileHasNoSummary() {
        assertThat(limit.admits("reads")).isTrue();
        clock.advance(WINDOW);
        assertThat(limit.summary()).isEmpty();
    }

    @Test
    void atTheEndTheRestIsTold() {
        limit.admits("reads");
        limit.admits("reads");
        limit.admits("reads");
        assertThat(limit.takeSummary()).contains("... and not shown one by one: 1 reads");
        assertThat(limit.takeSummary()).isEmpty();
    }

    @Test
    void ofTroubleTenLinesOfAKindAreShownInTenSeconds() {
        LineLimit trouble = LineLimit.ofTrouble(clock);
        int shown = 0;
        for (int second = 0; second < 60; second++) {
            for (int i = 0; i < 1000; i++) {
                trouble.summary();
                shown += trouble.admits("refused") ? 1 : 0;
            }
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(shown).isEqualTo(60);
    }
}
