package io.edgewire.wiring;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Durations and byte sizes, as people write them and as messages show them. Reads by hand: no regular expressions. */
final class Units {
    private static final long SECOND = 1_000_000_000L;
    private static final long KIBI = 1024;
    private static final int LONGEST_NUMBER = 30;

    /** The nanoseconds of each unit, by its short name. */
    private static final Map<String, Long> NANOS = Map.of(
            "ns",
            1L,
            "us",
            1_000L,
            "ms",
            1_000_000L,
            "s",
            SECOND,
            "m",
            60 * SECOND,
            "h",
            3_600 * SECOND,
            "d",
            86_400 * SECOND);

    /** Long names to short ones. */
    private static final Map<String, String> LONG_NAMES = Map.of(
            "second",
            "s",
            "seconds",
            "s",
            "minute",
            "m",
            "minutes",
            "m",
            "hour",
            "h",
            "hours",
            "h",
            "day",
            "d",
            "days",
            "d",
            "milliseconds",
            "ms",
            "millis",
            "ms");

    private static final Map<String, Long> BYTES = Map.of(
            "",
            1L,
            "B",
            1L,
            "KiB",
            KIBI,
            "K",
            KIBI,
            "kB",
            1_000L,
            "MiB",
            KIBI * KIBI,
            "M",
            KIBI * KIBI,
            "MB",
            1_000_000L,
            "GiB",
            KIBI * KIBI * KIBI,
            "GB",
            1_000_000_000L);

    private Units() {}

    /** The duration, or empty if it is none or has no unit. */
    static Optional<Duration> duration(String text) {
        int split = endOfNumber(text);
        String unit = text.substring(split).strip();
        Long factor = NANOS.get(LONG_NAMES.getOrDefault(unit, unit));
        return product(text.substring(0, split), factor).map(Duration::ofNanos);
    }

    /** The size in bytes, or empty if it is none. Without a unit it is bytes. */
    static Optional<Long> bytes(String text) {
        int split = endOfNumber(text);
        return product(text.substring(0, split), BYTES.get(text.substring(split).strip()));
    }

    /** A duration in the largest unit that shows it whole. */
    static String show(Duration value) {
        long nanos = value.toNanos();
        if (nanos == 0) {
            return "0s";
        }
        for (String unit : new String[] {"d", "h", "m", "s", "ms", "us"}) {
            long factor = NANOS.getOrDefault(unit, 1L);
            if (nanos % factor == 0) {
                return nanos / factor + unit;
            }
        }
        return nanos + "ns";
    }

    /** A size in the largest unit that shows it whole. */
    static String show(long bytes) {
        for (String unit : new String[] {"GiB", "MiB", "KiB"}) {
            long factor = BYTES.getOrDefault(unit, 1L);
            if (bytes != 0 && bytes % factor == 0) {
                return bytes / factor + " " + unit;
            }
        }
        return bytes + " B";
    }

    private static int endOfNumber(String text) {
        int end = 0;
        while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static Optional<Long> product(String number, @Nullable Long factor) {
        if (factor == null || number.isEmpty() || number.length() > LONGEST_NUMBER) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new BigDecimal(number).multiply(BigDecimal.valueOf(factor)).longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            // Two dots, a fraction of the smallest unit or more than a long holds: not a value that we can use.
            return Optional.empty();
        }
    }
}
