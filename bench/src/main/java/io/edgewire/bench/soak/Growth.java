package io.edgewire.bench.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Finds out whether something grows that should not. Bounds are a share of what was there, and a little for noise. */
final class Growth {
    private static final long KIB = 1024;
    private static final long MIB = 1024 * 1024;
    /** Objects of one class: a few may be made when something happens for the first time. */
    private static final int FIRSTS = 10;
    /** Fewer samples in a third say nothing. */
    private static final int FEWEST = 2;

    /** One thing that is looked at. */
    private enum Measure {
        HEAP("heap", Vitals::heap, MIB, 0.15, 256 * KIB),
        RESIDENT("resident memory", Vitals::resident, 12 * MIB, 0.15, 48 * MIB),
        DESCRIPTORS("descriptors", Vitals::descriptors, 30, 0.15, 2),
        THREADS("threads", Vitals::threads, 30, 0.15, 2),
        /** A transport keeps some buffers for the next connection: bio 16 of 64 KiB. */
        DIRECT("direct memory", Vitals::direct, 512 * KIB, 0.25, 1280 * KIB),
        OBJECTS("objects of ours", Vitals::objects, 1000, 0.25, 100);

        private final String text;
        private final ToLongFunction<Vitals> value;
        /** In traffic: this much and this share more, from the first third to the last. */
        private final long slack;

        private final double share;
        /** At rest: this much more than before. */
        private final long rest;

        Measure(String text, ToLongFunction<Vitals> value, long slack, double share, long rest) {
            this.text = text;
            this.value = value;
            this.slack = slack;
            this.share = share;
            this.rest = rest;
        }
    }

    private Growth() {}

    /** Compares the medians of the first and the last third of what was seen under traffic. */
    static List<String> inTraffic(List<Vitals> series) {
        int third = series.size() / 3;
        List<String> found = new ArrayList<>();
        if (third < FEWEST) {
            return found;
        }
        for (Measure measure : Measure.values()) {
            long first = median(series.subList(0, third), measure);
            long last = median(series.subList(series.size() - third, series.size()), measure);
            if (last > first * (1 + measure.share) + measure.slack) {
                found.add(measure.text + " grew under traffic from " + first + " to " + last);
            }
        }
        return found;
    }

    /** Compares before and after, both without a single connection. */
    static List<String> atRest(Vitals before, Vitals after) {
        List<String> found = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            long first = measure.value.applyAsLong(before);
            long last = measure.value.applyAsLong(after);
            if (last > first + measure.rest) {
                found.add(measure.text + " did not go back: " + first + " before, " + last + " after");
            }
        }
        Map<String, Long> more = new TreeMap<>();
        after.live()
                .forEach((name, count) -> more.put(name, count - before.live().getOrDefault(name, 0L)));
        more.values().removeIf(count -> count <= FIRSTS);
        if (!more.isEmpty()) {
            found.add("objects are left behind, more than before: " + more);
        }
        return found;
    }

    private static long median(List<Vitals> some, Measure measure) {
        long[] sorted = some.stream().mapToLong(measure.value).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
