package io.edgewire.bench.soak;

import java.util.Map;

/**
 * What a process holds at one moment.
 *
 * @param heap bytes of live objects, after a full collection
 * @param resident bytes of memory in all
 * @param descriptors open ones
 * @param threads of the operating system
 * @param direct bytes of direct buffers, and what else the JVM accounts as other
 * @param live how many objects of each of our classes, and of those of the JDK that stand for sockets, are reachable
 * @param cpuMillis processor time so far
 */
record Vitals(
        long heap, long resident, long descriptors, long threads, long direct, Map<String, Long> live, long cpuMillis) {
    Vitals {
        live = Map.copyOf(live);
    }

    /** All of them. */
    long objects() {
        return live.values().stream().mapToLong(Long::longValue).sum();
    }
}
