package io.edgewire.examples.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RoundTripTimesTest {
    @Test
    void eachMessageAnswersTheOldestThatIsNotAnswered() {
        RoundTripTimes times = new RoundTripTimes(true);
        times.sent(0);
        times.sent(10);
        times.received(100);
        times.received(130);
        times.received(999);
        assertThat(times.count()).isEqualTo(2);
        assertThat(times.min()).isEqualTo(100);
        assertThat(times.max()).isEqualTo(120);
    }

    @Test
    void inAStreamTheNextReadAnswersTheFirstSend() {
        RoundTripTimes times = new RoundTripTimes(false);
        times.sent(0);
        times.sent(10);
        times.received(100);
        times.received(130);
        assertThat(times.count()).isEqualTo(1);
        assertThat(times.max()).isEqualTo(100);
    }

    @Test
    void percentilesAreOfAllAnswersAndNearlyExact() {
        RoundTripTimes times = new RoundTripTimes(true);
        for (int millis = 1; millis <= 1000; millis++) {
            times.sent(0);
            times.received(millis * 1_000_000L);
        }
        assertThat(times.percentile(50)).isCloseTo(500_000_000L, withPercentage(1.6));
        assertThat(times.percentile(99)).isCloseTo(990_000_000L, withPercentage(1.6));
        assertThat(times.percentile(100)).isEqualTo(1_000_000_000L);
        assertThat(times.min()).isEqualTo(1_000_000L);
    }

    @Test
    void theLeastAndTheLongestTimesHaveACounter() {
        RoundTripTimes times = new RoundTripTimes(true);
        times.sent(0);
        times.received(0);
        times.sent(0);
        times.received(Long.MAX_VALUE);
        assertThat(times.percentile(50)).isZero();
        assertThat(times.percentile(99)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void withoutAnAnswerThereIsNoTime() {
        assertThat(new RoundTripTimes(true).percentile(50)).isZero();
    }

    @Test
    void timesAreCountedFromTheFirstSoThatDelaysDoNotAddUp() {
        Pace pace = new Pace(10, Duration.ofMillis(5));
        assertThat(pace.due(7, 0)).isEqualTo(7);
        assertThat(pace.due(7, 3)).isEqualTo(15_000_007);
    }
}
