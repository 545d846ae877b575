package io.edgewire.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Outages outages = new Outages();
    private final Findings findings = new Findings(outages);

    @Test
    void aConnectionThatWasCutOffWithoutALossOfTheLinkIsWrong() {
        suspect();
        assertThat(findings.last()).contains("cut off");
        assertThat(findings.excused()).isZero();
    }

    @Test
    void aConnectionThatWasCutOffByALossOfTheLinkIsExcused() {
        outages.begin();
        suspect();
        outages.end();
        assertThat(findings.last()).isEmpty();
        assertThat(findings.excused()).isEqualTo(1);
    }

    @Test
    void aLossLongBeforeExcusesNothing() {
        outages.begin();
        outages.end();
        long now = System.nanoTime();
        findings.suspect("cut off", now + MINUTE, now + MINUTE);
        assertThat(outages.touch(now + MINUTE, now + 2 * MINUTE)).isFalse();
    }

    @Test
    void whatIsWrongIsToldAtOnceAndTheFirstIsKept() {
        outages.begin();
        findings.wrong("a byte");
        findings.wrong("another");
        assertThat(findings.first()).contains("a byte");
    }

    @Test
    void aSuspicionIsNotJudgedBeforeALossOfTheLinkCanBeKnown() {
        suspect();
        assertThat(findings.first()).isEmpty();
    }

    private void suspect() {
        long now = System.nanoTime();
        findings.suspect("cut off", now, now);
    }
}
