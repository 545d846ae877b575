package io.edgewire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.testkit.ManualClock;
import org.junit.jupiter.api.Test;

class LineLimitTest {
    private final ManualClock clock = new ManualClock();
    private final LineLimit limit = new LineLimit(clock, 2);

    @Test
    void whatIsTooMuchInASecondIsCountedByItsKind() {
        assertThat(limit.admits("connected")).isTrue();
        assertThat(limit.admits("reads")).isTrue();
        assertThat(limit.admits("reads")).isFalse();
        assertThat(limit.admits("reads")).isFalse();
        assertThat(limit.admits("connected")).isFalse();
        assertThat(limit.summary()).isEmpty();
        clock.advance(LineLimit.WINDOW);
        assertThat(limit.summary()).contains("... and not shown one by one: 1 connected, 2 reads");
        assertThat(limit.admits("reads")).isTrue();
    }

    @Test
    void aQuietSecondHasNoSummary() {
        assertThat(limit.admits("reads")).isTrue();
        clock.advance(LineLimit.WINDOW);
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
}
