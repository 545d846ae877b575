package io.edgewire.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GrowthTest {
    private static final long MIB = 1024 * 1024;
    private static final String TIMER = "io.edgewire.transport.core.DeadlineTimer";

    private record Leak(String what, LongFunction<Vitals> after) {
        @Override
        public String toString() {
            return what;
        }
    }

    /** A little each time it is looked: 20 times in a soak. */
    static Stream<Leak> leaks() {
        return Stream.of(
                new Leak("heap", i -> vitals(4 * MIB + i * 200_000, 0, 0, 0, 0)),
                new Leak("resident memory", i -> vitals(4 * MIB, 4 * i * MIB, 0, 0, 0)),
                new Leak("descriptors", i -> vitals(4 * MIB, 0, 5 * i, 0, 0)),
                new Leak("threads", i -> vitals(4 * MIB, 0, 0, 5 * i, 0)),
                new Leak("direct memory", i -> vitals(4 * MIB, 0, 0, 0, i * 100_000)),
                new Leak(
                        "objects of ours",
                        i -> new Vitals(4 * MIB, 80 * MIB, 100, 60, MIB, Map.of(TIMER, 2000 + 200 * i), 0)));
    }

    @ParameterizedTest
    @MethodSource("leaks")
    void whatGrowsFromTheFirstThirdToTheLastIsTold(Leak leak) {
        assertThat(Growth.inTraffic(
                        LongStream.range(0, 20).mapToObj(leak.after()).toList()))
                .singleElement()
                .asString()
                .startsWith(leak.what() + " grew under traffic from ");
    }

    @Test
    void whatGoesUpAndDownIsNotTold() {
        assertThat(Growth.inTraffic(LongStream.range(0, 20)
                        .mapToObj(i ->
                                vitals(4 * MIB + i % 5 * MIB, i % 3 * 10 * MIB, i % 4 * 30, i % 2 * 40, i % 3 * MIB))
                        .toList()))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("leaks")
    void whatDoesNotGoBackWhenAllHaveLeftIsTold(Leak leak) {
        assertThat(Growth.atRest(leak.after().apply(0), leak.after().apply(20)))
                .anyMatch(told -> told.startsWith(leak.what() + " did not go back"));
    }

    @Test
    void whatIsTheSameAsBeforeIsNotTold() {
        assertThat(Growth.atRest(vitals(4 * MIB, 0, 0, 0, 0), vitals(4 * MIB, 8 * MIB, 1, 1, 0)))
                .isEmpty();
    }

    @Test
    void aFewObjectsOfOneClassAreTold() {
        Vitals before = new Vitals(MIB, MIB, 1, 1, 0, Map.of(TIMER, 3L), 0);
        Vitals after = new Vitals(MIB, MIB, 1, 1, 0, Map.of(TIMER, 15L), 0);
        assertThat(Growth.atRest(before, after))
                .containsExactly("objects are left behind, more than before: {" + TIMER + "=12}");
    }

    private static Vitals vitals(long heap, long resident, long descriptors, long threads, long direct) {
        return new Vitals(heap, 80 * MIB + resident, 100 + descriptors, 60 + threads, MIB + direct, Map.of(), 0);
    }
}
