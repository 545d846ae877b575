package io.edgewire.examples.cli;

import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time on the command line: {@code 250ms}, {@code 1.5s}, {@code 2m}; a number alone is seconds. A day at most. */
final class DurationArgument implements ITypeConverter<Duration> {
    private static final double LONGEST_SECONDS = 86_400;
    private static final Map<String, Double> UNITS =
            Map.of("us", 1e-6, "ms", 1e-3, "", 1.0, "s", 1.0, "m", 60.0, "h", 3600.0);

    @Override
    public Duration convert(String text) {
        int end = text.length();
        while (end > 0 && Character.isLetter(text.charAt(end - 1))) {
            end--;
        }
        Double unit = UNITS.get(text.substring(end));
        double seconds = unit == null ? Double.NaN : number(text.substring(0, end)) * unit;
        // Not the other way round: what is no number is in no range.
        if (!(seconds >= 0 && seconds <= LONGEST_SECONDS)) {
            throw new TypeConversionException(
                    "is " + text + ", but must be a time from 0 to 24h, such as 250ms, 1.5s or 2m");
        }
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
